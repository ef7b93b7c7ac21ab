package ai.okchat.operator.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of the table of values: what a platform team may ask for.
 *
 * @param changes what is rendered more ({@code +Kind name}) or less ({@code -Kind name}) than with
 *     the chart's own values; hooks are not rendered by the engine in this JVM, and are tried by
 *     {@link ChartReleaseIT}
 */
record ValuesRow(String name, String values, List<String> changes) {

  static final String RELEASE = "okchat-operator";
  static final String NAMESPACE = "chart-release";

  /** Namespaces that rows name. */
  static final List<String> NAMESPACES = List.of(NAMESPACE, "chart-team-a", "chart-team-b");

  static Stream<ValuesRow> table() {
    return Stream.of(installs(), options(), extras()).flatMap(List::stream);
  }

  @Override
  public String toString() {
    return name;
  }

  private static List<ValuesRow> installs() {
    return List.of(
        row("as it is", "{}"),
        row("no CRDs", "crds: {install: false}", without("CustomResourceDefinition", CRDS)),
        row(
            "one namespace, its own",
            "{scope: namespaced, crds: {install: false}}",
            without("CustomResourceDefinition", CRDS),
            CLUSTER_RIGHTS,
            List.of("+Role okchat-operator-watched", "+RoleBinding okchat-operator-watched")),
        row(
            "two namespaces of others, cluster-wide chart",
            "watchNamespaces: [chart-team-a, chart-team-b]",
            List.of(
                "-ClusterRole chart-release-okchat-operator",
                "-ClusterRoleBinding chart-release-okchat-operator",
                "+Role okchat-operator-watched",
                "+Role okchat-operator-watched",
                "+RoleBinding okchat-operator-watched",
                "+RoleBinding okchat-operator-watched")),
        row(
            "rights and account by others",
            "{rbac: {create: false}, serviceAccount: {create: false, name: theirs}}",
            CLUSTER_RIGHTS,
            List.of(
                "-Role okchat-operator",
                "-RoleBinding okchat-operator",
                "-ServiceAccount okchat-operator")));
  }

  private static List<ValuesRow> options() {
    return List.of(
        row(
            "every scheduling value",
            """
            replicaCount: 2
            imagePullSecrets: [{name: registry}]
            image: {digest: "sha256:%s"}
            priorityClassName: system-cluster-critical
            nodeSelector: {kubernetes.io/os: linux}
            tolerations: [{key: a, operator: Exists}]
            affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}}
            topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]
            podDisruptionBudget: {maxUnavailable: 50%%}
            """
                .formatted("0123456789abcdef".repeat(4))),
        row(
            "every operator setting",
            """
            shard: north
            reconcileConcurrency: 5
            log: {format: text, level: debug}
            backendHosts: [v2.okchat.ai, okchat.example.com]
            sourceHosts: [docs.example.com]
            fetchAllowCidrs: [10.1.0.0/16, "fd00::/8"]
            leaderElection: {enabled: false}
            managementPort: 9090
            jvmOptions: -Xmx1g
            proxy: {url: "http://[fd00::3]:3128", noProxy: [.svc, 10.0.0.0/8, "fd00::/8"]}
            trust: {configMap: {name: corporate-cas}}
            extraVolumes: [{name: more, emptyDir: {}}]
            extraVolumeMounts: [{name: more, mountPath: /more}]
            extraEnv: [{name: TZ, value: "Asia/Seoul"}, {name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
            """),
        row(
            "labels and annotations everywhere",
            """
            nameOverride: bots
            commonLabels: {team: platform}
            podLabels: {a: b}
            podAnnotations: {c: d}
            service: {annotations: {e: f}, ipFamilyPolicy: PreferDualStack}
            serviceAccount: {annotations: {g: h}}
            fullnameOverride: okchat-operator
            """),
        row(
            "a narrow network",
            """
            networkPolicy:
              ingressFrom: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
              dnsTo: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
              apiServerCidrs: [10.0.0.1/32]
              egressCidrs: [203.0.113.0/24, "2001:db8::/32"]
              egressExceptCidrs: [203.0.113.7/32, "2001:db8::7/128"]
              egressPorts: [443, 22]
              extraEgress: [{to: [{podSelector: {matchLabels: {app: proxy}}}], ports: [{port: 3128, protocol: TCP}]}]
            """),
        row(
            "ranges with the exceptions of the chart",
            """
            networkPolicy:
              apiServerCidrs: [10.0.0.0/8, 169.254.0.0/17, "fd00::/8"]
              egressCidrs: [10.0.0.0/8, 169.254.0.0/16, 169.254.0.0/15, "2001:db8::/32"]
            """));
  }

  private static List<ValuesRow> extras() {
    return List.of(
        row(
            "neither budget nor network policy",
            "{podDisruptionBudget: {enabled: false}, networkPolicy: {enabled: false}}",
            List.of("-PodDisruptionBudget okchat-operator", "-NetworkPolicy okchat-operator")),
        row(
            "all of monitoring",
            """
            metrics:
              serviceMonitor: {enabled: true, labels: {release: prometheus}, interval: 1m, scrapeTimeout: 5s}
              prometheusRule: {enabled: true, labels: {release: prometheus}, alertLabels: {team: platform}}
            dashboard: {enabled: true, annotations: {folder: Bots}}
            """,
            List.of(
                "+ServiceMonitor okchat-operator",
                "+PrometheusRule okchat-operator",
                "+ConfigMap okchat-operator-dashboard")),
        row(
            "a default backend",
            "defaultBackend: {create: true, namespace: chart-team-a, url:"
                + " 'https://okchat.example.com', apiKeySecretRef: {name: key, key: token}}"),
        row(
            "the sandbox",
            "sandbox: {enabled: true}",
            List.of(
                "+Deployment okchat-operator-sandbox",
                "+NetworkPolicy okchat-operator-sandbox",
                "+Secret okchat-operator-sandbox",
                "+Service okchat-operator-sandbox")),
        row(
            "every admission policy",
            """
            admissionPolicies:
              protectedObjects: {enabled: true}
              allowedModels: {enabled: true, models: [gpt-4o-mini, "it's"]}
              promptSecrets: {enabled: true}
              namespaceSelector: {matchLabels: {bots: strict}}
              validationActions: [Warn, Audit]
            """,
            policies("protected-objects", "allowed-models", "prompt-secrets")));
  }

  private static final List<String> CRDS =
      List.of(
          "chatbotbackends.okchat.ai",
          "chatbots.okchat.ai",
          "clusterchatbotbackends.okchat.ai",
          "knowledgesources.okchat.ai");

  private static final List<String> CLUSTER_RIGHTS =
      List.of(
          "-ClusterRole chart-release-okchat-operator",
          "-ClusterRole chart-release-okchat-operator-edit",
          "-ClusterRole chart-release-okchat-operator-view",
          "-ClusterRoleBinding chart-release-okchat-operator");

  private static List<String> without(String kind, List<String> names) {
    return names.stream().map(object -> "-" + kind + " " + object).toList();
  }

  private static List<String> policies(String... names) {
    return Stream.of(names)
        .flatMap(
            policy ->
                Stream.of(
                    "+ValidatingAdmissionPolicy chart-release-okchat-operator-" + policy,
                    "+ValidatingAdmissionPolicyBinding chart-release-okchat-operator-" + policy))
        .toList();
  }

  @SafeVarargs
  private static ValuesRow row(String name, String values, List<String>... changes) {
    var all = new ArrayList<String>();
    for (var change : changes) {
      all.addAll(change);
    }
    return new ValuesRow(name, values, List.copyOf(all));
  }
}
