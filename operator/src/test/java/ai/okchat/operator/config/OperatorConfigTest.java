package ai.okchat.operator.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.operator.config.OperatorConfig.LogFormat;
import ai.okchat.operator.config.OperatorConfig.LogLevel;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.OutboundProxy;
import ai.okchat.operator.shard.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OperatorConfigTest {
  private static final OperatorConfig DEFAULTS =
      new OperatorConfig(
          Set.of(),
          8080,
          16,
          LogFormat.TEXT,
          LogLevel.INFO,
          false,
          "default",
          Set.of(),
          Set.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Shard.UNNAMED,
          OperatorConfig.Content.DEFAULT,
          0);

  @Test
  void usesDefaultsWithoutSettings() {
    // When
    var config = OperatorConfig.of(flags(), Map.of());

    // Then
    assertThat(config).isEqualTo(DEFAULTS);
  }

  @Test
  void environmentSetsEverySetting() {
    // Given
    var environment =
        Map.ofEntries(
            entry("WATCH_NAMESPACES", "team-a, team-b"),
            entry("MANAGEMENT_PORT", "9090"),
            entry("RECONCILE_CONCURRENCY", "7"),
            entry("LOG_FORMAT", "json"),
            entry("LOG_LEVEL", "debug"),
            entry("LEADER_ELECTION", "true"),
            entry("OPERATOR_NAMESPACE", "okchat-system"),
            entry("BACKEND_HOSTS", "v2.okchat.ai,Sandbox"),
            entry("SOURCE_HOSTS", "Docs.example.com"),
            entry("FETCH_ALLOW_CIDRS", "10.1.0.0/16,fd00::/8"),
            entry("PROXY_URL", "http://proxy.example.com:3128"),
            entry("NO_PROXY", ".svc, 10.0.0.0/8"),
            entry("TRUST_FILE", "/etc/okchat/trust/ca.crt"),
            entry("PATH", "/bin"));

    // When
    var config = OperatorConfig.of(flags(), environment);

    // Then
    assertThat(config)
        .isEqualTo(
            new OperatorConfig(
                Set.of("team-a", "team-b"),
                9090,
                7,
                LogFormat.JSON,
                LogLevel.DEBUG,
                true,
                "okchat-system",
                Set.of("v2.okchat.ai", "sandbox"),
                Set.of("docs.example.com"),
                List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("fd00::/8")),
                Optional.of(
                    OutboundProxy.of(
                        "http://proxy.example.com:3128", List.of(".svc", "10.0.0.0/8"))),
                Optional.of(Path.of("/etc/okchat/trust/ca.crt")),
                Shard.UNNAMED,
                OperatorConfig.Content.DEFAULT,
                0));
  }

  @Test
  void flagsSetEverySettingAndOverrideTheEnvironment() {
    // Given
    var options =
        flags(
            "--watch-namespaces=team-c",
            "--management-port=0",
            "--reconcile-concurrency=1000",
            "--log-format=TEXT",
            "--log-level=Warn",
            "--leader-election=false",
            "--operator-namespace=ops",
            "--backend-hosts=localhost",
            "--source-hosts=git.example.com",
            "--fetch-allow-cidrs=127.0.0.0/8",
            "--proxy-url=http://proxy:8080",
            "--no-proxy=*",
            "--trust-file=ca.pem");
    var environment =
        Map.of(
            "WATCH_NAMESPACES", "team-a",
            "MANAGEMENT_PORT", "9090",
            "RECONCILE_CONCURRENCY", "7",
            "LOG_FORMAT", "json",
            "LOG_LEVEL", "debug",
            "LEADER_ELECTION", "true",
            "OPERATOR_NAMESPACE", "okchat-system",
            "BACKEND_HOSTS", "v2.okchat.ai",
            "FETCH_ALLOW_CIDRS", "10.1.0.0/16");

    // When
    var config = OperatorConfig.of(options, environment);

    // Then
    assertThat(config)
        .isEqualTo(
            new OperatorConfig(
                Set.of("team-c"),
                0,
                1000,
                LogFormat.TEXT,
                LogLevel.WARN,
                false,
                "ops",
                Set.of("localhost"),
                Set.of("git.example.com"),
                List.of(Cidr.parse("127.0.0.0/8")),
                Optional.of(OutboundProxy.of("http://proxy:8080", List.of("*"))),
                Optional.of(Path.of("ca.pem")),
                Shard.UNNAMED,
                OperatorConfig.Content.DEFAULT,
                0));
  }

  @Test
  void errorOfTheProxyDoesNotQuoteItsPassword() {
    // Given
    var environment =
        Map.of("PROXY_URL", "https://user:hush@proxy.example.com:3128", "NO_PROXY", "10.0.0.0/99");

    // When, Then
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> OperatorConfig.of(flags(), environment))
        .withMessage(
            "--proxy-url (PROXY_URL) or --no-proxy (NO_PROXY) is invalid: not a URL such as"
                + " http://proxy.example.com:3128");
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(
            () -> OperatorConfig.of(flags("--proxy-url=http://user:hush@proxy:3128"), environment))
        .withMessageEndingWith("'10.0.0.0/99' is no range such as 10.0.0.0/8");
  }

  @Test
  void configDoesNotPrintThePasswordOfTheProxy() {
    // When
    var config = OperatorConfig.of(flags("--proxy-url=http://user:hush@proxy:3128"), Map.of());

    // Then
    assertThat(config.toString()).contains("proxy:3128").doesNotContain("hush");
  }

  @Test
  void flagOverridesAnInvalidVariable() {
    // When
    var config =
        OperatorConfig.of(flags("--management-port=8081"), Map.of("MANAGEMENT_PORT", "eighty"));

    // Then
    assertThat(config.managementPort()).isEqualTo(8081);
  }

  @Test
  void limitsOfASourceCanBeSet() {
    // When
    var config =
        OperatorConfig.of(
            flags("--max-document-mib=1", "--max-documents=2"), Map.of("MAX_SOURCE_MIB", "3"));

    // Then
    assertThat(config.content()).isEqualTo(new OperatorConfig.Content(1, 2, 3));
  }

  @Test
  void sizeOfTheTemporaryFolderIsAQuantity() {
    // When
    var config =
        OperatorConfig.of(flags("--tmp-size-limit=1.5Gi"), Map.of("TMP_SIZE_LIMIT", "2Gi"));

    // Then
    assertThat(config.content().temporaryBytes()).isEqualTo(1_610_612_736L);
  }

  @Test
  void shardCanBeSet() {
    // When
    var config = OperatorConfig.of(flags("--shard=north"), Map.of("SHARD", "south"));

    // Then
    assertThat(config.shard()).isEqualTo(Shard.named("north"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"North", "-a", "a_b", "a,b", "12345678901234567890123456789012345678901"})
  void rejectsShardThatIsNoPartOfAName(String value) {
    // When
    var rejection =
        assertThatExceptionOfType(InvalidConfigException.class)
            .isThrownBy(() -> OperatorConfig.of(flags(), Map.of("SHARD", value)));

    // Then
    rejection.withMessage(
        "--shard (SHARD) is '%s' and must be a name of up to 40 small letters, digits and hyphens",
        value);
  }

  @Test
  void leaderElectionNeedsNoValue() {
    // When
    var config = OperatorConfig.of(flags("--leader-election"), Map.of());

    // Then
    assertThat(config.leaderElection()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"''", "'  '", "','", "' , , '"})
  void treatsBlankListsAsMissing(String blank) {
    // When
    var config =
        OperatorConfig.of(
            flags(),
            Map.of("WATCH_NAMESPACES", blank, "BACKEND_HOSTS", blank, "FETCH_ALLOW_CIDRS", blank));

    // Then
    assertThat(config).isEqualTo(DEFAULTS);
  }

  @Test
  void reportsAllErrorsAtOnce() {
    // Given
    var options = flags("--management-port=99999", "--log-level=loud");
    var environment =
        Map.of(
            "WATCH_NAMESPACES", "team-a,Team_B,-c",
            "RECONCILE_CONCURRENCY", "0",
            "LOG_FORMAT", "xml",
            "LEADER_ELECTION", "yes",
            "BACKEND_HOSTS", "https://v2.okchat.ai",
            "FETCH_ALLOW_CIDRS", "10.1/16,any");

    // When
    var rejection =
        assertThatExceptionOfType(InvalidConfigException.class)
            .isThrownBy(() -> OperatorConfig.of(options, environment));

    // Then
    rejection.withMessage(
        String.join(
            System.lineSeparator(),
            "--watch-namespaces (WATCH_NAMESPACES) is 'Team_B' and must be names of namespaces,"
                + " separated by commas",
            "--watch-namespaces (WATCH_NAMESPACES) is '-c' and must be names of namespaces,"
                + " separated by commas",
            "--management-port (MANAGEMENT_PORT) is '99999' and must be a whole number from 0 to"
                + " 65535",
            "--reconcile-concurrency (RECONCILE_CONCURRENCY) is '0' and must be a whole number from"
                + " 1 to 1000",
            "--log-format (LOG_FORMAT) is 'xml' and must be one of text, json",
            "--log-level (LOG_LEVEL) is 'loud' and must be one of error, warn, info, debug, trace",
            "--leader-election (LEADER_ELECTION) is 'yes' and must be true or false",
            "--backend-hosts (BACKEND_HOSTS) is 'https://v2.okchat.ai' and must be names of hosts,"
                + " separated by commas",
            "--fetch-allow-cidrs (FETCH_ALLOW_CIDRS) is '10.1/16' and must be ranges such as"
                + " 10.1.0.0/16",
            "--fetch-allow-cidrs (FETCH_ALLOW_CIDRS) is 'any' and must be ranges such as"
                + " 10.1.0.0/16"));
  }

  @ParameterizedTest
  @MethodSource("ai.okchat.operator.config.OperatorOptions#names")
  void everySettingHasAFlagOfItsName(String name) {
    // Given
    var flag = "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');

    // When
    var typed = flags(flag + "=typed").typed();

    // Then
    assertThat(typed).containsEntry(name, "typed").hasSize(19);
  }

  @Test
  void helpNamesEveryFlagAndTheRuleForVariables() {
    // When
    var help = new CommandLine(new OperatorOptions()).getUsageMessage();

    // Then
    assertThat(help).contains("--help", "--version", "WATCH_NAMESPACES", "/livez");
    assertThat(OperatorOptions.names())
        .allSatisfy(
            name ->
                assertThat(help).contains("--" + name.toLowerCase(Locale.ROOT).replace('_', '-')));
  }

  @Test
  void versionIsReportedAsUnknownWhenMissing() {
    // When
    var version = new OperatorVersion().getVersion();

    // Then
    assertThat(version).containsExactly("okchat-operator (unpackaged)");
  }

  private static OperatorOptions flags(String... arguments) {
    var options = new OperatorOptions();
    new CommandLine(options).parseArgs(arguments);
    return options;
  }
}
