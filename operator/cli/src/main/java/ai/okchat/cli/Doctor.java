package ai.okchat.cli;

import ai.okchat.client.OkChatException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Checks a cluster and the backends of one namespace. Each check reads; none writes. */
final class Doctor {
  private static final ResourceType LEASE =
      new ResourceType("coordination.k8s.io", "v1", "leases", "Lease", true);
  private static final ResourceType DEPLOYMENT =
      new ResourceType("apps", "v1", "deployments", "Deployment", true);
  private static final ResourceType CRD =
      new ResourceType(
          "apiextensions.k8s.io",
          "v1",
          "customresourcedefinitions",
          "CustomResourceDefinition",
          false);
  private static final ResourceType CLUSTER_ROLE =
      new ResourceType("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false);
  private static final ResourceType POLICY =
      new ResourceType(
          "admissionregistration.k8s.io",
          "v1",
          "validatingadmissionpolicies",
          "ValidatingAdmissionPolicy",
          false);
  private static final String PART_OF = "app.kubernetes.io/part-of=okchat";
  private static final String FINALIZER = "okchat.ai/finalizer";
  private static final int OLDEST_MINOR = 32;
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Duration LEASE_AGE = Duration.ofMinutes(1);
  private static final Duration SLOW_DELETION = Duration.ofMinutes(10);
  private static final String INSTALL = "Install the operator: operator/docs/install.md";

  private final ClusterClient cluster;
  private final Streams streams;
  private final String namespace;

  Doctor(ClusterClient cluster, Streams streams, String namespace) {
    this.cluster = cluster;
    this.streams = streams;
    this.namespace = namespace;
  }

  /** Checks whether the operator can be installed. */
  List<Finding> beforeInstallation() {
    var findings = new ArrayList<Finding>();
    findings.addAll(server());
    findings.add(proxy());
    findings.add(right("create", CRD, ""));
    findings.add(right("create", CLUSTER_ROLE, ""));
    findings.add(right("create", DEPLOYMENT, namespace));
    return findings;
  }

  /** Checks an installation. */
  List<Finding> all() {
    var findings = new ArrayList<Finding>();
    findings.addAll(server());
    findings.add(proxy());
    findings.add(right("list", Kind.CHATBOT.type(), namespace));
    findings.add(right("patch", Kind.CHATBOT.type(), namespace));
    findings.add(right("list", ResourceType.EVENT, namespace));
    findings.add(right("get", ResourceType.SECRET, namespace));
    var types = readable("types", this::types);
    findings.addAll(types);
    if (types.stream().allMatch(finding -> finding.result() == Finding.Result.OK)) {
      var leader = readable("leader", this::leader);
      findings.addAll(leader);
      findings.addAll(readable("operator", this::deployments));
      findings.addAll(readable("backends", this::backends));
      findings.addAll(readable("deletions", () -> deletions(isServing(leader))));
    }
    findings.addAll(readable("policies", this::policies));
    return findings;
  }

  /** A missing right is a finding, and not the end of the checks. */
  private static List<Finding> readable(String check, Supplier<List<Finding>> findings) {
    try {
      return findings.get();
    } catch (PluginException e) {
      return List.of(Finding.warning(check, "not checked", String.valueOf(e.getMessage())));
    }
  }

  private List<Finding> server() {
    var server = cluster.server();
    var skew = Duration.between(server.time(), streams.clock().instant()).abs();
    return List.of(
        server.minor() < OLDEST_MINOR
            ? Finding.failure(
                "API server",
                server.version(),
                "The operator needs Kubernetes 1.%d or later.".formatted(OLDEST_MINOR))
            : Finding.ok("API server", server.version()),
        skew.compareTo(SKEW) > 0
            ? Finding.warning(
                "clock",
                "differs by %s from the API server".formatted(Ages.of(skew)),
                "Synchronize the clocks: ages and timeouts depend on them.")
            : Finding.ok("clock", "agrees with the API server"));
  }

  private Finding proxy() {
    var proxy = ProxyVariables.value(streams, "HTTPS_PROXY");
    return proxy.isEmpty()
        ? Finding.ok("proxy", "none in the environment")
        : Finding.warning(
            "proxy",
            "HTTPS_PROXY is set",
            "Add the API server and the backend to NO_PROXY if the proxy cannot reach them.");
  }

  private Finding right(String verb, ResourceType type, String where) {
    var check = "right to %s %s".formatted(verb, type.resource());
    return cluster.isAllowed(verb, type, where)
        ? Finding.ok(check, "yes")
        : Finding.warning(
            check, "no", "Ask an administrator for a role with the verb %s.".formatted(verb));
  }

  private List<Finding> types() {
    var served = cluster.servedTypes(Kind.GROUP, Kind.VERSION);
    var missing =
        Stream.of(Kind.values())
            .map(kind -> kind.type().plural())
            .filter(plural -> !served.contains(plural))
            .toList();
    return List.of(
        missing.isEmpty()
            ? Finding.ok("types", Kind.GROUP + "/" + Kind.VERSION)
            : Finding.failure("types", "missing: " + String.join(", ", missing), INSTALL));
  }

  private List<Finding> leader() {
    var now = streams.clock().instant();
    return cluster
        .list(LEASE, "", Map.of("fieldSelector", "metadata.name=okchat-operator"))
        .stream()
        .map(lease -> leader(lease, now))
        .findFirst()
        .map(List::of)
        .orElseGet(
            () ->
                List.of(
                    Finding.warning(
                        "leader",
                        "no Lease okchat-operator",
                        "The operator does not run, or runs without leader election. " + INSTALL)));
  }

  private static Finding leader(KubeObject lease, Instant now) {
    var renewed = lease.text("spec", "renewTime");
    var age = Ages.parse(renewed).map(time -> Duration.between(time, now));
    return age.isPresent() && age.get().compareTo(LEASE_AGE) < 0
        ? Finding.ok("leader", lease.text("spec", "holderIdentity"))
        : Finding.failure(
            "leader",
            "the Lease in %s was not renewed for %s"
                .formatted(lease.namespace(), age.map(Ages::of).orElse("a long time")),
            "Check the Pods of the operator: operator/docs/runbooks/operator-absent.md");
  }

  private static boolean isServing(List<Finding> leader) {
    return leader.stream().anyMatch(finding -> finding.result() == Finding.Result.OK);
  }

  private List<Finding> deployments() {
    return cluster.list(DEPLOYMENT, "", Map.of("labelSelector", PART_OF)).stream()
        .map(
            deployment -> {
              var ready = deployment.text("status", "readyReplicas");
              var version = deployment.text("metadata", "labels", "app.kubernetes.io/version");
              var observation =
                  "%s in %s, version %s"
                      .formatted(deployment.name(), deployment.namespace(), version);
              return ready.isEmpty() || ready.equals("0")
                  ? Finding.failure(
                      "operator",
                      observation + ", no Pod is ready",
                      "See its Pods: operator/docs/runbooks/operator-absent.md")
                  : Finding.ok("operator", observation);
            })
        .toList();
  }

  private List<Finding> backends() {
    var backends = cluster.list(Kind.CHATBOT_BACKEND.type(), namespace, Map.of());
    if (backends.isEmpty()) {
      return List.of(
          Finding.warning(
              "backends",
              "none in the namespace " + namespace,
              "Create one: examples/chatbot-backend.yaml"));
    }
    return backends.stream().map(this::backend).toList();
  }

  private Finding backend(KubeObject backend) {
    try {
      var bots =
          new BackendAccess(cluster, streams).client(namespace, backend).listChatbots().size();
      return Finding.ok(
          backend.title(), "reachable, the key opens an account with %d bots".formatted(bots));
    } catch (OkChatException e) {
      return Finding.failure(backend.title(), "not usable from here", BackendFailures.explain(e));
    } catch (PluginException e) {
      return Finding.warning(backend.title(), "not checked", String.valueOf(e.getMessage()));
    }
  }

  private List<Finding> deletions(boolean serving) {
    var now = streams.clock().instant();
    var findings = new ArrayList<Finding>();
    var finalized = 0;
    for (var kind : Kind.values()) {
      if (kind.type().namespaced()) {
        for (var object : cluster.list(kind.type(), namespace, Map.of())) {
          finalized += hasFinalizer(object) ? 1 : 0;
          Ages.parse(object.text("metadata", "deletionTimestamp"))
              .map(time -> Duration.between(time, now))
              .filter(age -> age.compareTo(SLOW_DELETION) > 0)
              .ifPresent(
                  age ->
                      findings.add(
                          Finding.failure(
                              object.title(),
                              "is being deleted for " + Ages.of(age),
                              "See operator/docs/runbooks/deletion-blocked.md")));
        }
      }
    }
    findings.add(
        finalized > 0 && !serving
            ? Finding.warning(
                "finalizers",
                finalized + " objects have a finalizer and no operator serves them",
                "Their deletion waits. Start the operator, or see"
                    + " operator/docs/runbooks/deletion-blocked.md")
            : Finding.ok("finalizers", finalized + " objects have one"));
    return findings;
  }

  private static boolean hasFinalizer(KubeObject object) {
    for (var finalizer : object.json().path("metadata").path("finalizers")) {
      if (finalizer.asText().equals(FINALIZER)) {
        return true;
      }
    }
    return false;
  }

  private List<Finding> policies() {
    var policies = cluster.list(POLICY, "", Map.of("labelSelector", PART_OF));
    var operators = cluster.list(DEPLOYMENT, "", Map.of("labelSelector", PART_OF));
    return List.of(
        !policies.isEmpty() && operators.isEmpty()
            ? Finding.warning(
                "policies",
                "%d admission policies of an operator that is not installed"
                    .formatted(policies.size()),
                "Remove them: kubectl delete validatingadmissionpolicies -l " + PART_OF)
            : Finding.ok("policies", policies.size() + " of the chart"));
  }
}
