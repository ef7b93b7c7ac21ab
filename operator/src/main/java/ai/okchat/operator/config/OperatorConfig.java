package ai.okchat.operator.config;

import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.OutboundProxy;
import ai.okchat.operator.shard.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The validated configuration of the process.
 *
 * @param watchNamespaces empty: all
 * @param managementPort 0: any free one
 * @param backendHosts hosts that the URL of a backend may name; empty: any
 * @param sourceHosts hosts that a KnowledgeSource may send a Secret to; empty: any
 * @param fetchAllowCidrs special address ranges that links may lead to nevertheless
 * @param proxy for requests to backends, links, sites and git servers
 * @param trustFile certificates, in PEM, of private CAs that backends and sources may have
 * @param shard the objects that this operator serves
 * @param conversationSeconds interval between counts of the conversations of each bot; 0: never
 */
public record OperatorConfig(
    Set<String> watchNamespaces,
    int managementPort,
    int reconcileConcurrency,
    LogFormat logFormat,
    LogLevel logLevel,
    boolean leaderElection,
    String operatorNamespace,
    Set<String> backendHosts,
    Set<String> sourceHosts,
    List<Cidr> fetchAllowCidrs,
    Optional<OutboundProxy> proxy,
    Optional<Path> trustFile,
    Shard shard,
    Content content,
    int conversationSeconds) {

  /**
   * Limits of KnowledgeSources.
   *
   * @param documentMebibytes maximum of one document
   * @param documents maximum number per KnowledgeSource
   * @param sourceMebibytes maximum of all documents of a KnowledgeSource
   * @param temporaryBytes maximum of the temporary folder, for all KnowledgeSources together
   */
  public record Content(
      int documentMebibytes, int documents, int sourceMebibytes, long temporaryBytes) {
    public static final Content DEFAULT = new Content(25, 10_000, 2_048);

    /** Creates limits with a temporary folder of 4 GiB. */
    public Content(int documentMebibytes, int documents, int sourceMebibytes) {
      this(documentMebibytes, documents, sourceMebibytes, 4L << 30);
    }
  }

  /** A smaller folder has no space for the JVM and one document. */
  private static final long LEAST_TEMPORARY_BYTES = 64L << 20;

  /** The format of log lines. */
  public enum LogFormat {
    TEXT,
    JSON
  }

  /** The lowest severity that is logged. */
  public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  public OperatorConfig {
    watchNamespaces = Set.copyOf(watchNamespaces);
    backendHosts = Set.copyOf(backendHosts);
    sourceHosts = Set.copyOf(sourceHosts);
    fetchAllowCidrs = List.copyOf(fetchAllowCidrs);
  }

  /**
   * Validates flags and environment.
   *
   * @throws InvalidConfigException with all errors
   */
  public static OperatorConfig of(OperatorOptions options, Map<String, String> environment) {
    var settings = new Settings(options.typed(), environment);
    var config =
        new OperatorConfig(
            settings.names("WATCH_NAMESPACES"),
            settings.number("MANAGEMENT_PORT", 8080, 0, 65_535),
            settings.number("RECONCILE_CONCURRENCY", 16, 1, 1_000),
            settings.oneOf("LOG_FORMAT", LogFormat.TEXT),
            settings.oneOf("LOG_LEVEL", LogLevel.INFO),
            settings.yesOrNo("LEADER_ELECTION", false),
            settings.text("OPERATOR_NAMESPACE", "default"),
            settings.hosts("BACKEND_HOSTS"),
            settings.hosts("SOURCE_HOSTS"),
            settings.ranges("FETCH_ALLOW_CIDRS"),
            settings.proxy("PROXY_URL", "NO_PROXY"),
            settings.file("TRUST_FILE"),
            settings.shard("SHARD"),
            content(settings),
            settings.number("CONVERSATION_SECONDS", 0, 0, 86_400));
    settings.throwIfInvalid();
    return config;
  }

  private static Content content(Settings settings) {
    var otherwise = Content.DEFAULT;
    return new Content(
        settings.number("MAX_DOCUMENT_MIB", otherwise.documentMebibytes(), 1, 1_024),
        settings.number("MAX_DOCUMENTS", otherwise.documents(), 1, 100_000),
        settings.number("MAX_SOURCE_MIB", otherwise.sourceMebibytes(), 1, 1_048_576),
        settings.size("TMP_SIZE_LIMIT", otherwise.temporaryBytes(), LEAST_TEMPORARY_BYTES));
  }
}
