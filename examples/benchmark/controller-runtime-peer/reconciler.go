package main

import (
	"context"
	"errors"
	"time"

	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/log"
)

const (
	finalizer       = "okchat.ai/finalizer"
	slugAnnotation  = "okchat.ai/slug"
	claimAnnotation = "okchat.ai/claim"
	fieldManager    = client.FieldOwner("controller-runtime-peer")
)

type reconciler struct {
	client.Client
	backend *backend
}

// Reconcile makes the bot in the backend match the spec of one Chatbot.
func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	chatbot := &Chatbot{}
	if err := r.Get(ctx, request.NamespacedName, chatbot); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if !chatbot.DeletionTimestamp.IsZero() {
		return ctrl.Result{}, r.delete(ctx, chatbot)
	}
	status, err := r.sync(ctx, chatbot)
	if apierrors.IsConflict(err) {
		return ctrl.Result{}, err // The cache is stale.
	}
	return ctrl.Result{}, errors.Join(err, r.report(ctx, chatbot, status, err))
}

// sync returns the status without conditions, also after a failure.
func (r *reconciler) sync(ctx context.Context, chatbot *Chatbot) (ChatbotStatus, error) {
	status := chatbot.DeepCopyObject().(*Chatbot).Status
	body := desired(chatbot.Spec)
	digest, err := digest(body)
	if err != nil {
		return status, err
	}
	if status.ID == "" {
		created, err := r.create(ctx, chatbot, body)
		if err != nil {
			return status, err
		}
		status.ID, status.Slug, status.OrganizationID = created.ID, created.Slug, created.OrganizationID
	} else if status.AppliedDigest != digest {
		if err := r.backend.update(ctx, status.ID, body); err != nil {
			return status, err
		}
	}
	status.AppliedDigest = digest
	return status, nil
}

// create records the claim and creates the bot. An earlier claim without an ID may have created the bot.
func (r *reconciler) create(ctx context.Context, chatbot *Chatbot, body map[string]any) (bot, error) {
	slug, claimed := chatbot.Annotations[slugAnnotation]
	if claimed {
		found, err := r.backend.find(ctx, slug)
		if err == nil {
			return found, r.backend.update(ctx, found.ID, body)
		} else if !errors.Is(err, errNotFound) {
			return bot{}, err
		}
	} else {
		slug = desiredSlug(chatbot)
	}
	if !claimed || !controllerutil.ContainsFinalizer(chatbot, finalizer) {
		if err := r.claim(ctx, chatbot, slug); err != nil {
			return bot{}, err
		}
	}
	body["slug"] = slug
	created, err := r.backend.create(ctx, body)
	if err == nil {
		log.FromContext(ctx).Info("created the bot", "id", created.ID)
	}
	return created, err
}

// claim adds the finalizer and the annotations in one write, which fails if the cache is stale.
func (r *reconciler) claim(ctx context.Context, chatbot *Chatbot, slug string) error {
	patch := identity(chatbot)
	patch.SetResourceVersion(chatbot.ResourceVersion)
	patch.SetFinalizers([]string{finalizer})
	patch.SetAnnotations(map[string]string{
		slugAnnotation:  slug,
		claimAnnotation: string(chatbot.UID) + "@" + time.Now().UTC().Format(time.RFC3339),
	})
	return r.Apply(ctx, client.ApplyConfigurationFromUnstructured(patch), fieldManager, client.ForceOwnership)
}

// report applies the status, unless it is equal to the previous one.
func (r *reconciler) report(ctx context.Context, chatbot *Chatbot, status ChatbotStatus, failure error) error {
	status.ObservedGeneration = chatbot.Generation
	ready := metav1.Condition{Status: metav1.ConditionTrue, Reason: "Ready", Message: "The bot matches the spec."}
	synced := metav1.Condition{
		Status: metav1.ConditionTrue, Reason: "InSync", Message: "The backend has the values of the spec.",
	}
	if failure != nil {
		ready = metav1.Condition{Status: metav1.ConditionFalse, Reason: "BackendError", Message: failure.Error()}
		synced = ready
	}
	ready.Type, synced.Type = "Ready", "Synced"
	for _, condition := range []metav1.Condition{ready, synced} {
		condition.ObservedGeneration = chatbot.Generation
		meta.SetStatusCondition(&status.Conditions, condition)
	}
	if equality.Semantic.DeepEqual(status, chatbot.Status) {
		return nil
	}
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&status)
	if err != nil {
		return err
	}
	patch := identity(chatbot)
	patch.Object["status"] = fields
	return client.IgnoreNotFound(r.Status().Apply(
		ctx, client.ApplyConfigurationFromUnstructured(patch), fieldManager, client.ForceOwnership))
}

// delete removes the bot, then the finalizer.
func (r *reconciler) delete(ctx context.Context, chatbot *Chatbot) error {
	if !controllerutil.ContainsFinalizer(chatbot, finalizer) {
		return nil
	}
	id := chatbot.Status.ID
	if slug := chatbot.Annotations[slugAnnotation]; id == "" && slug != "" {
		found, err := r.backend.find(ctx, slug)
		if err != nil && !errors.Is(err, errNotFound) {
			return err
		}
		id = found.ID
	}
	if id != "" {
		if err := r.backend.delete(ctx, id); err != nil && !errors.Is(err, errNotFound) {
			return err
		}
	}
	patch := client.MergeFromWithOptions(
		chatbot.DeepCopyObject().(*Chatbot), client.MergeFromWithOptimisticLock{})
	controllerutil.RemoveFinalizer(chatbot, finalizer)
	return client.IgnoreNotFound(r.Patch(ctx, chatbot, patch))
}

func identity(chatbot *Chatbot) *unstructured.Unstructured {
	patch := &unstructured.Unstructured{}
	patch.SetGroupVersionKind(groupVersion.WithKind("Chatbot"))
	patch.SetNamespace(chatbot.Namespace)
	patch.SetName(chatbot.Name)
	return patch
}

func desiredSlug(chatbot *Chatbot) string {
	if chatbot.Spec.Slug != "" {
		return chatbot.Spec.Slug
	}
	return chatbot.Namespace + "-" + chatbot.Name + "-" + string(chatbot.UID[:8])
}
