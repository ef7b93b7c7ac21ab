// Command controller-runtime-peer reconciles the Chatbots of one namespace. It is written by hand with
// controller-runtime, so that the benchmark can compare the operator with it, and supports only a few fields.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
)

const (
	keyVariable = "OKCHAT_API_KEY"
	concurrency = 16
)

func main() {
	namespace := flag.String("namespace", "", "namespace of the Chatbots")
	url := flag.String("backend-url", "", "URL of the backend; "+keyVariable+" has the API key")
	flag.Parse()
	ctrl.SetLogger(zap.New())
	if err := run(*namespace, newBackend(*url, os.Getenv(keyVariable))); err != nil {
		fmt.Fprintln(os.Stderr, "controller-runtime-peer:", err)
		os.Exit(1)
	}
}

func run(namespace string, backend *backend) error {
	if namespace == "" || backend.url == "" || backend.key == "" {
		return errors.New("--namespace, --backend-url and " + keyVariable + " are required")
	}
	config, err := ctrl.GetConfig()
	if err != nil {
		return err
	}
	scheme := runtime.NewScheme()
	scheme.AddKnownTypes(groupVersion, &Chatbot{}, &ChatbotList{})
	metav1.AddToGroupVersion(scheme, groupVersion)
	mgr, err := ctrl.NewManager(config, ctrl.Options{
		Scheme:  scheme,
		Metrics: server.Options{BindAddress: "0"},
		Cache: cache.Options{
			DefaultNamespaces: map[string]cache.Config{namespace: {}},
			DefaultTransform:  cache.TransformStripManagedFields(),
		},
	})
	if err != nil {
		return err
	}
	// The generation changes with the spec and with a deletion, not with the writes of this controller.
	err = ctrl.NewControllerManagedBy(mgr).
		For(&Chatbot{}, builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		WithOptions(controller.Options{MaxConcurrentReconciles: concurrency}).
		Complete(&reconciler{Client: mgr.GetClient(), backend: backend})
	if err != nil {
		return err
	}
	return mgr.Start(ctrl.SetupSignalHandler())
}
