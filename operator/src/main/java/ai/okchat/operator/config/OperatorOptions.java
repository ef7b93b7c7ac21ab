package ai.okchat.operator.config;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The flags of the command line; a flag overrides the environment variable of the same name. All
 * values are texts, so that {@link OperatorConfig} can report all errors together.
 */
@Command(
    name = "okchat-operator",
    mixinStandardHelpOptions = true,
    versionProvider = OperatorVersion.class,
    sortOptions = false,
    description = {
      "Syncs hosted chatbots with the Chatbot objects of a Kubernetes cluster.",
      "The operator uses KUBECONFIG, ~/.kube/config, or the service account of its Pod."
    },
    footer = {
      "",
      "Each flag is also an environment variable, in upper case with underscores",
      "(--watch-namespaces is WATCH_NAMESPACES). The flag has precedence.",
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
      description = "Port of health and metrics; 0: any free port (default: 8080).")
  private String managementPort = "";

  @Option(
      names = "--reconcile-concurrency",
      paramLabel = "N",
      description =
          "Objects that are reconciled at the same time; a quarter of the threads is reserved for"
              + " edits and deletions (default: 16).")
  private String reconcileConcurrency = "";

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "Format of the log (default: text).")
  private String logFormat = "";

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "Level of the log: error, warn, info, debug or trace (default: info).")
  private String logLevel = "";

  @Option(
      names = "--leader-election",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      description =
          "Wait for a Lease, so that one of several replicas reconciles (default: false).")
  private String leaderElection = "";

  @Option(
      names = "--operator-namespace",
      paramLabel = "NAME",
      description = "Namespace of the Lease and of orphan receipts (default: default).")
  private String operatorNamespace = "";

  @Option(
      names = "--backend-hosts",
      paramLabel = "HOSTS",
      description =
          "Hosts that the url of a backend may name, separated by commas; empty: any (default).")
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
      names = "--proxy-url",
      paramLabel = "URL",
      description =
          "HTTP proxy for requests to backends, links, sites and git servers, such as"
              + " http://proxy.example.com:3128; empty: none (default).")
  private String proxyUrl = "";

  @Option(
      names = "--no-proxy",
      paramLabel = "HOSTS",
      description =
          "Hosts, domains, addresses and ranges that are reached without the proxy, separated by"
              + " commas (default: none).")
  private String noProxy = "";

  @Option(
      names = "--trust-file",
      paramLabel = "FILE",
      description =
          "Certificates of private CAs, in PEM, that backends, sites and git servers may have"
              + " (default: none).")
  private String trustFile = "";

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
      description = "Maximum size of a document of a KnowledgeSource (default: 25).")
  private String maxDocumentMib = "";

  @Option(
      names = "--max-documents",
      paramLabel = "N",
      description = "Maximum number of documents of a KnowledgeSource (default: 10000).")
  private String maxDocuments = "";

  @Option(
      names = "--max-source-mib",
      paramLabel = "MIB",
      description =
          "Maximum total size of the documents of a KnowledgeSource, which the operator buffers in"
              + " the temporary folder (default: 2048).")
  private String maxSourceMib = "";

  @Option(
      names = "--tmp-size-limit",
      paramLabel = "SIZE",
      description =
          "Size limit of the temporary folder for all KnowledgeSources, such as 4Gi (default:"
              + " 4Gi).")
  private String tmpSizeLimit = "";

  @Option(
      names = "--conversation-seconds",
      paramLabel = "N",
      description =
          "Interval at which the conversations of each bot and channel are counted, with one"
              + " request per bot; 0: never (default).")
  private String conversationSeconds = "";

  /** Returns the settings by name; the values of flags that were not given are empty. */
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
        Map.entry("PROXY_URL", proxyUrl),
        Map.entry("NO_PROXY", noProxy),
        Map.entry("TRUST_FILE", trustFile),
        Map.entry("SHARD", shard),
        Map.entry("MAX_DOCUMENT_MIB", maxDocumentMib),
        Map.entry("MAX_DOCUMENTS", maxDocuments),
        Map.entry("MAX_SOURCE_MIB", maxSourceMib),
        Map.entry("TMP_SIZE_LIMIT", tmpSizeLimit),
        Map.entry("CONVERSATION_SECONDS", conversationSeconds));
  }

  /** Returns the names of all settings. */
  static List<String> names() {
    return new OperatorOptions().typed().keySet().stream().sorted().toList();
  }
}
