package ai.okchat.localcluster;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The programs of a local cluster, and of tools that tests run on it: names and build with Go. */
enum Program {
  ETCD("etcd", "etcd", "go.etcd.io/etcd/server/v3"),
  KUBE_APISERVER("kube-apiserver", "kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver"),
  KUBECTL("kubectl", "kubernetes", "k8s.io/kubernetes/cmd/kubectl"),
  KUBE_CONTROLLER_MANAGER(
      "kube-controller-manager", "kubernetes", "k8s.io/kubernetes/cmd/kube-controller-manager"),
  HELM("helm", "helm", "helm.sh/helm/v3/cmd/helm"),
  PROMTOOL("promtool", "prometheus", "github.com/prometheus/prometheus/cmd/promtool"),
  CRANE("crane", "crane", "github.com/google/go-containerregistry/cmd/crane"),
  OPERATOR_VERIFY(
      "operator-verify",
      "operator-verify",
      "github.com/operator-framework/api/cmd/operator-verify"),
  SOURCE_CONTROLLER("source-controller", "flux", "github.com/fluxcd/source-controller"),
  KUSTOMIZE_CONTROLLER("kustomize-controller", "flux", "github.com/fluxcd/kustomize-controller"),
  ARGOCD("argocd", "argocd", "github.com/argoproj/argo-cd/v3/cmd");

  /** The programs that every cluster needs, which are also those of an envtest archive. */
  static final Set<Program> BASIC = Set.copyOf(EnumSet.of(ETCD, KUBE_APISERVER, KUBECTL));

  /** The same version as in {@code binaries/helm/go.mod}. */
  private static final String HELM_VERSION = "v3.22.0";

  private final String fileName;
  private final String goModule;
  private final String goPackage;

  Program(String fileName, String goModule, String goPackage) {
    this.fileName = fileName;
    this.goModule = goModule;
    this.goPackage = goPackage;
  }

  String fileName() {
    return fileName;
  }

  /** Returns the folder under {@code binaries/} whose go.mod pins this program. */
  String goModule() {
    return goModule;
  }

  String goPackage() {
    return goPackage;
  }

  /** Returns the folder of the CRDs in the module of the program; empty if it has none. */
  Optional<String> crdFolder() {
    return switch (this) {
      case SOURCE_CONTROLLER, KUSTOMIZE_CONTROLLER -> Optional.of("config/crd/bases");
      case ARGOCD -> Optional.of("manifests/crds");
      default -> Optional.empty();
    };
  }

  /** Returns the name of the file that holds all CRDs of the program, if it has any. */
  String crdsFileName() {
    return fileName + "-crds.yaml";
  }

  /** Builds promtool without service discovery, which is most of its size and not needed here. */
  List<String> buildFlags() {
    return this == PROMTOOL ? List.of("-tags", "remove_all_sd") : List.of();
  }

  /** Returns the flags that set the version; without them the programs report v0.0.0. */
  List<String> linkerFlags(String kubernetesVersion) {
    var parts = kubernetesVersion.split("\\.", -1);
    return switch (this) {
      case ETCD,
          PROMTOOL,
          CRANE,
          OPERATOR_VERIFY,
          SOURCE_CONTROLLER,
          KUSTOMIZE_CONTROLLER,
          ARGOCD ->
          List.of("-s", "-w");
      case HELM ->
          List.of(
              "-s",
              "-w",
              "-X helm.sh/helm/v3/internal/version.version=" + HELM_VERSION,
              // The Kubernetes version that `helm template` and `helm lint` assume.
              "-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=" + parts[0],
              "-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=" + parts[1]);
      case KUBE_APISERVER, KUBECTL, KUBE_CONTROLLER_MANAGER ->
          List.of(
              "-s",
              "-w",
              "-X k8s.io/component-base/version.gitVersion=v" + kubernetesVersion,
              "-X k8s.io/component-base/version.gitMajor=" + parts[0],
              "-X k8s.io/component-base/version.gitMinor=" + parts[1]);
    };
  }
}
