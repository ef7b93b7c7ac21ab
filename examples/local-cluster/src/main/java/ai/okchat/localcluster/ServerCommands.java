package ai.okchat.localcluster;

import java.util.ArrayList;
import java.util.List;

/** Builds the command lines of the servers. */
final class ServerCommands {

  /** Records user, verb and object without bodies: enough to count, and no Secret in the log. */
  static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived, ResponseStarted]
      rules:
      - level: Metadata
      """;

  private static final String LOOPBACK = "127.0.0.1";

  // A socket file in the working directory, which is the data directory: no conflict with the port
  // of another cluster, no access for other users, and no limit on the length of the path. etcd
  // requires a suffix that looks like a port.
  private static final String ETCD_SOCKET = "unix://etcd.sock:1";
  private static final String ETCD_PEER_SOCKET = "unix://etcd-peer.sock:1";

  private ServerCommands() {}

  static String apiServerUrl(int port) {
    return "https://" + LOOPBACK + ":" + port;
  }

  static List<String> etcd(Binaries binaries, DataDirectory directory) {
    return List.of(
        binaries.file(Program.ETCD).toString(),
        "--data-dir=" + directory.etcd(),
        "--listen-client-urls=" + ETCD_SOCKET,
        "--advertise-client-urls=" + ETCD_SOCKET,
        "--listen-peer-urls=" + ETCD_PEER_SOCKET,
        // The data survives a killed process. It need not survive a power failure, and waiting for
        // the disk would slow down every test.
        "--unsafe-no-fsync",
        "--log-level=warn");
  }

  static List<String> apiServer(
      Binaries binaries, DataDirectory directory, int port, boolean auditLog) {
    var command = new ArrayList<String>();
    command.add(binaries.file(Program.KUBE_APISERVER).toString());
    command.addAll(
        List.of(
            "--bind-address=" + LOOPBACK,
            "--advertise-address=" + LOOPBACK,
            "--secure-port=" + port,
            "--cert-dir=" + directory.certificates(),
            "--etcd-servers=" + ETCD_SOCKET,
            "--authorization-mode=RBAC",
            "--token-auth-file=" + directory.tokens(),
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + directory.serviceAccountKey(),
            "--service-account-signing-key-file=" + directory.serviceAccountKey(),
            "--service-cluster-ip-range=10.0.0.0/24",
            // No controller creates the default service account, so no request may wait for it.
            "--disable-admission-plugins=ServiceAccount",
            // No pod uses the service `kubernetes`, which does not accept a loopback address
            // anyway.
            "--endpoint-reconciler-type=none"));
    if (auditLog) {
      command.add("--audit-policy-file=" + directory.auditPolicy());
      command.add("--audit-log-path=" + directory.log("audit"));
    }
    return List.copyOf(command);
  }

  static List<String> controllerManager(Binaries binaries, DataDirectory directory) {
    return List.of(
        binaries.file(Program.KUBE_CONTROLLER_MANAGER).toString(),
        "--kubeconfig=" + directory.kubeconfig(),
        "--controllers=garbage-collector-controller,namespace-controller,serviceaccount-controller",
        "--service-account-private-key-file=" + directory.serviceAccountKey(),
        "--leader-elect=false",
        // It serves no requests, so it needs no port.
        "--secure-port=0");
  }
}
