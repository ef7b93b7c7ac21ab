package main

import (
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var groupVersion = schema.GroupVersion{Group: "okchat.ai", Version: "v1alpha1"}

// Chatbot has the fields of the custom resource that this controller reads and writes.
type Chatbot struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec   ChatbotSpec   `json:"spec"`
	Status ChatbotStatus `json:"status,omitempty"`
}

// ChatbotSpec has the fields that this controller sends to the backend.
type ChatbotSpec struct {
	Name        string  `json:"name"`
	Slug        string  `json:"slug,omitempty"`
	Prompt      string  `json:"prompt,omitempty"`
	Description *string `json:"description,omitempty"`
	Public      *bool   `json:"public,omitempty"`
	Greeting    *string `json:"greeting,omitempty"`
	Model       *string `json:"model,omitempty"`
}

// ChatbotStatus is written as a whole by server-side apply.
type ChatbotStatus struct {
	ObservedGeneration int64              `json:"observedGeneration,omitempty"`
	ID                 string             `json:"id,omitempty"`
	Slug               string             `json:"slug,omitempty"`
	OrganizationID     string             `json:"organizationId,omitempty"`
	AppliedDigest      string             `json:"appliedDigest,omitempty"`
	Conditions         []metav1.Condition `json:"conditions,omitempty"`
}

// ChatbotList is what the API server returns for a list.
type ChatbotList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`

	Items []Chatbot `json:"items"`
}

// DeepCopyObject implements runtime.Object. Pointers of the spec are shared: no code writes through them.
func (in *Chatbot) DeepCopyObject() runtime.Object {
	out := *in
	out.ObjectMeta = *in.ObjectMeta.DeepCopy()
	out.Status.Conditions = slices.Clone(in.Status.Conditions)
	return &out
}

// DeepCopyObject implements runtime.Object.
func (in *ChatbotList) DeepCopyObject() runtime.Object {
	out := *in
	out.ListMeta = *in.ListMeta.DeepCopy()
	out.Items = make([]Chatbot, len(in.Items))
	for i := range in.Items {
		out.Items[i] = *in.Items[i].DeepCopyObject().(*Chatbot)
	}
	return &out
}
