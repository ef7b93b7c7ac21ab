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
      "kube-controller-manager", "kubernetes", "k8s.io/kubernetes/cmd/kube-controller-manager");

  /** What every cluster needs, and what an envtest archive holds. */
  static final Set<Program> BASIC = Set.copyOf(EnumSet.of(ETCD, KUBE_APISERVER, KUBECTL));

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

  /** Kubernetes programs carry their version by linker flags; without them they report v0.0.0. */
  List<String> linkerFlags(String kubernetesVersion) {
    if (this == ETCD) {
      return List.of("-s", "-w");
    }
    var version = "k8s.io/component-base/version.";
    var parts = kubernetesVersion.split("\\.", -1);
    return List.of(
        "-s",
        "-w",
        "-X " + version + "gitVersion=v" + kubernetesVersion,
        "-X " + version + "gitMajor=" + parts[0],
        "-X " + version + "gitMinor=" + parts[1]);
  }
}
