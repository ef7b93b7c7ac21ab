package ai.okchat.operator.config;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The flags as they are typed; a flag beats the environment variable of the same name. All values
 * are texts here, so that {@link OperatorConfig} can report everything that is wrong at once.
 */
@Command(
    name = "okchat-operator",
    mixinStandardHelpOptions = true,
    versionProvider = OperatorVersion.class,
    sortOptions = false,
    description = {
      "Makes hosted chatbots match the Chatbot objects of a Kubernetes cluster.",
      "The cluster is found by the usual rules: KUBECONFIG, ~/.kube/config, or in-cluster."
    },
    footer = {
      "",
      "Each flag can be given as an environment variable too, in upper case with",
      "underscores (--watch-namespaces is WATCH_NAMESPACES); the flag beats it.",
      "Health: /livez and /readyz, metrics: /metrics, on the management port."
    })
public final class OperatorOptions {

  @Option(
      names = "--watch-namespaces",
      paramLabel = "NAMES",
      description = "Namespaces to watch, separated by commas; empty: all (default).")
  private String watchNamespaces = "";

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      description = "Port for health and metrics; 0 takes a free one (default: 8080).")
  private String managementPort = "";

  @Option(
      names = "--reconcile-concurrency",
      paramLabel = "N",
      description =
          "How many objects are worked on at a time; a quarter of the threads is kept for edits and"
              + " deletions (default: 16).")
  private String reconcileConcurrency = "";

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "Lines for people or for machines (default: text).")
  private String logFormat = "";

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "error, warn, info, debug or trace (default: info).")
  private String logLevel = "";

  @Option(
      names = "--leader-election",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      description = "Wait for a Lease, so that one of several replicas works (default: false).")
  private String leaderElection = "";

  @Option(
      names = "--operator-namespace",
      paramLabel = "NAME",
      description =
          "Namespace of the operator, for the Lease and orphan receipts (default: default).")
  private String operatorNamespace = "";

  @Option(
      names = "--backend-hosts",
      paramLabel = "HOSTS",
      description =
          "Hosts that a backend's url may name, separated by commas; empty: any (default).")
  private String backendHosts = "";

  @Option(
      names = "--source-hosts",
      paramLabel = "HOSTS",
      description =
          "Hosts that a KnowledgeSource may send a Secret to, separated by commas; empty: any"
              + " (default).")
  private String sourceHosts = "";

  @Option(
      names = "--fetch-allow-cidrs",
      paramLabel = "RANGES",
      description =
          "Private address ranges that links in specs may lead to, such as 10.1.0.0/16, separated"
              + " by commas (default: none).")
  private String fetchAllowCidrs = "";

  @Option(
      names = "--shard",
      paramLabel = "NAME",
      description =
          "Serve the objects with the label okchat.ai/shard=NAME; empty: those without the label"
              + " (default).")
  private String shard = "";

  @Option(
      names = "--max-document-mib",
      paramLabel = "MIB",
      description = "Longest document of a KnowledgeSource (default: 25).")
  private String maxDocumentMib = "";

  @Option(
      names = "--max-documents",
      paramLabel = "N",
      description = "Most documents of a KnowledgeSource (default: 10000).")
  private String maxDocuments = "";

  @Option(
      names = "--max-source-mib",
      paramLabel = "MIB",
      description =
          "All documents of a KnowledgeSource together; they wait in the temporary folder (default:"
              + " 2048).")
  private String maxSourceMib = "";

  @Option(
      names = "--tmp-size-limit",
      paramLabel = "SIZE",
      description =
          "Size of the temporary folder, such as 4Gi: all KnowledgeSources together put no more"
              + " into it (default: 4Gi).")
  private String tmpSizeLimit = "";

  @Option(
      names = "--conversation-seconds",
      paramLabel = "N",
      description =
          "Count the conversations of each bot and channel this often, at one request a bot; 0:"
              + " never (default).")
  private String conversationSeconds = "";

  /** The names of the settings with the values that were typed; those that were not are empty. */
  Map<String, String> typed() {
    return Map.ofEntries(
        Map.entry("WATCH_NAMESPACES", watchNamespaces),
        Map.entry("MANAGEMENT_PORT", managementPort),
        Map.entry("RECONCILE_CONCURRENCY", reconcileConcurrency),
        Map.entry("LOG_FORMAT", logFormat),
        Map.entry("LOG_LEVEL", logLevel),
        Map.entry("LEADER_ELECTION", leaderElection),
        Map.entry("OPERATOR_NAMESPACE", operatorNamespace),
        Map.entry("BACKEND_HOSTS", backendHosts),
        Map.entry("SOURCE_HOSTS", sourceHosts),
        Map.entry("FETCH_ALLOW_CIDRS", fetchAllowCidrs),
        Map.entry("SHARD", shard),
        Map.entry("MAX_DOCUMENT_MIB", maxDocumentMib),
        Map.entry("MAX_DOCUMENTS", maxDocuments),
        Map.entry("MAX_SOURCE_MIB", maxSourceMib),
        Map.entry("TMP_SIZE_LIMIT", tmpSizeLimit),
        Map.entry("CONVERSATION_SECONDS", conversationSeconds));
  }

  /** The settings that can be given. */
  static List<String> names() {
    return new OperatorOptions().typed().keySet().stream().sorted().toList();
  }
}
