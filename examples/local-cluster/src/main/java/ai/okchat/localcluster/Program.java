package ai.okchat.localcluster;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The programs of a local cluster: their file names, and how Go builds them. */
enum Program {
  ETCD("etcd", "etcd", "go.etcd.io/etcd/server/v3"),
  KUBE_APISERVER("kube-apiserver", "kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver"),
  KUBECTL("kubectl", "kubernetes", "k8s.io/kubernetes/cmd/kubectl"),
  KUBE_CONTROLLER_MANAGER(
      "kube-controller-manager", "kubernetes", "k8s.io/kubernetes/cmd/kube-controller-manager"),
  HELM("helm", "helm", "helm.sh/helm/v3/cmd/helm"),
  PROMTOOL("promtool", "prometheus", "github.com/prometheus/prometheus/cmd/promtool");

  /** What every cluster needs, and what an envtest archive holds. */
  static final Set<Program> BASIC = Set.copyOf(EnumSet.of(ETCD, KUBE_APISERVER, KUBECTL));

  /** As in {@code binaries/helm/go.mod}. */
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

  /** The folder under {@code binaries/} whose go.mod pins this program. */
  String goModule() {
    return goModule;
  }

  String goPackage() {
    return goPackage;
  }

  /** Finding machines to scrape is the most of promtool, and of no use here. */
  List<String> buildFlags() {
    return this == PROMTOOL ? List.of("-tags", "remove_all_sd") : List.of();
  }

  /** Programs carry versions by linker flags; without them they report v0.0.0. */
  List<String> linkerFlags(String kubernetesVersion) {
    var parts = kubernetesVersion.split("\\.", -1);
    return switch (this) {
      case ETCD, PROMTOOL -> List.of("-s", "-w");
      case HELM ->
          List.of(
              "-s",
              "-w",
              "-X helm.sh/helm/v3/internal/version.version=" + HELM_VERSION,
              // What `helm template` and `helm lint` take the cluster for.
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
