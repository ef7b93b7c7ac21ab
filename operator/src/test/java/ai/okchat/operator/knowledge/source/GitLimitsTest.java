package ai.okchat.operator.knowledge.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.GitSource;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.GitCredentials;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.GitLimits;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.operator.fetch.UnpackPermit;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repositories that send more than they may, on each transport. */
class GitLimitsTest {

  private static final int LONG = 50_000;
  private static final long DOCUMENT = 1_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final AddressPolicy LOOPBACK =
      new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")));

  enum Transport {
    SMART_HTTP,
    PLAIN_FILES,
    SSH
  }

  @TempDir private Path folder;
  private ServedRepository repository;
  private RepositoryOverSsh overSsh;

  @BeforeEach
  void serve() throws IOException, GitAPIException, GeneralSecurityException {
    repository = ServedRepository.in(folder);
    repository.write("README.md", "# Read me");
    repository.write("long.md", text(LONG));
    repository.commit();
    overSsh = new RepositoryOverSsh(repository.git().getRepository());
  }

  @AfterEach
  void stop() throws IOException {
    overSsh.close();
    repository.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T62: a repository of too many refs is rejected")
  void rejectsRefsAboveLimit(Transport transport) throws Exception {
    // Given
    for (var i = 0; i < 20; i++) {
      repository.git().branchCreate().setName("b" + i).call();
    }
    var refs = transport == Transport.PLAIN_FILES ? 21 : 22;

    // When, Then
    assertRejected(
        transport,
        new GitLimits(refs - 1, 1_000_000, 1_000_000, MINUTE),
        "it has %d refs of at most %d".formatted(refs, refs - 1));
    var limits = new GitLimits(refs + 10, 1_000_000, 1_000_000, MINUTE);
    assertThat(Contents.texts(read(transport, limits))).isEqualTo(Map.of("README.md", "# Read me"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T62: a repository with an object that is too long is rejected")
  void rejectsObjectAboveLimit(Transport transport) throws Exception {
    // Given
    repository.git().gc().call();

    // When, Then
    assertRejected(
        transport,
        new GitLimits(100, LONG - 1, 1_000_000, MINUTE),
        "Object too large (50,000 bytes), rejecting the pack. Max object size limit is 49,999"
            + " bytes");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T62: a repository that sends too many bytes is rejected")
  void rejectsBytesAboveLimit(Transport transport) throws Exception {
    // Given
    repository.git().gc().call();

    // When, Then
    assertRejected(
        transport,
        new GitLimits(100, 1_000_000, 30_000, MINUTE),
        "it sends [0-9]+ bytes of at most 30000");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T62: a repository that takes too long is rejected")
  void rejectsTimeAboveLimit(Transport transport) throws Exception {
    assertRejected(
        transport,
        new GitLimits(100, 1_000_000, 1_000_000, Duration.ofNanos(1)),
        "it needs more than 0 seconds");
  }

  @Test
  @DisplayName("T62: a server that supports filters omits long files, and the others are ingested")
  void readsOtherFilesWhenServerOmitsLongOnes() throws Exception {
    // Given
    var config = repository.git().getRepository().getConfig();
    config.setBoolean("uploadpack", null, "allowfilter", true);
    config.save();

    // When
    var read = read(Transport.SMART_HTTP, new GitLimits(100, LONG - 1, 30_000, MINUTE));

    // Then
    assertThat(Contents.texts(read)).isEqualTo(Map.of("README.md", "# Read me"));
    assertThat(Contents.reasons(read))
        .isEqualTo(Map.of("long.md", "The document is longer than 0 MiB, which is the limit."));
  }

  @Test
  @DisplayName("T62: a pack that declares a huge object is rejected before memory is allocated")
  void rejectsDeclaredLength() throws IOException {
    // Given
    var id = "0123456789012345678901234567890123456789";
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/x.git/info/refs",
        exchange ->
            send(
                exchange,
                "application/x-git-upload-pack-advertisement",
                packet("# service=git-upload-pack\n")
                    + "0000"
                    + packet(id + " HEAD\0multi_ack_detailed shallow ofs-delta\n")
                    + "0000"));
    server.createContext(
        "/x.git/git-upload-pack",
        exchange ->
            send(
                exchange,
                "application/x-git-upload-pack-result",
                packet("shallow " + id)
                    + "0000"
                    + packet("NAK\n")
                    + "PACK\0\0\0\u0002\0\0\0\u0001"
                    + commitOf(1_610_612_736L)
                    + "x".repeat(100)));
    server.start();
    try {

      // When, Then
      assertRejected(
          "http://127.0.0.1:%d/x.git".formatted(server.getAddress().getPort()),
          Map.of(),
          GitLimits.DEFAULT,
          "Object too large (1,610,612,736 bytes), rejecting the pack. Max object size limit is"
              + " 33,554,432 bytes");
    } finally {
      server.stop(0);
    }
  }

  private void assertRejected(Transport transport, GitLimits limits, String why) throws Exception {
    try (var plain = repository.asPlainFiles()) {
      assertRejected(url(transport, plain.url()), secret(transport), limits, why);
    }
  }

  private static void assertRejected(
      String url, Map<String, String> secret, GitLimits limits, String why) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source(url, secret, limits).read(Optional.empty()))
        .withMessageMatching(
            "The repository %s exceeds a limit: %s. Use a smaller one."
                .formatted(url, why.replace("(", "\\(").replace(")", "\\)")))
        .matches(failure -> !failure.isTransient());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T62: only one repository at a time has its objects in memory")
  void unpacksOneRepositoryAtATime(Transport transport) throws Exception {
    // Given
    repository.git().gc().call();
    var fetcher =
        new GitFetcher(
            new OkHttpClient(), LOOPBACK, new GitLimits(100, 1_000_000, 1_000_000, MINUTE));
    try (var plain = repository.asPlainFiles();
        var executor = Executors.newSingleThreadExecutor()) {
      var remote =
          new GitFetcher.Remote(
              url(transport, plain.url()), null, GitCredentials.of(secret(transport)));
      var first = fetch(fetcher, remote);

      // When
      var second = executor.submit(() -> fetch(fetcher, remote));

      // Then
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> second.get(2, TimeUnit.SECONDS));
      first.close();
      second.get(1, TimeUnit.MINUTES).close();
    }
  }

  private UnpackPermit fetch(GitFetcher fetcher, GitFetcher.Remote remote) throws IOException {
    var secrets = Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
    var target = Files.createDirectories(folder.resolve(UUID.randomUUID().toString()));
    var room = new TemporarySpace(Long.MAX_VALUE).of("team").share();
    return fetcher.fetch(remote, fetcher.resolve(remote, secrets), target, secrets, LONG, room);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a repository that exceeds the space of the temporary folder is retried")
  void failsWhenTemporaryFolderIsFull(Transport transport) throws Exception {
    // Given
    repository.git().gc().call();
    var limits = new GitLimits(100, 1_000_000, 1_000_000, MINUTE);

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> read(transport, limits, new TemporarySpace(40_000)))
        .withMessageContaining(
            "The temporary folder of the operator has no room for the source: TMP_SIZE_LIMIT is")
        .matches(SourceException::isTransient);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a repository does not stay in the temporary folder beside its documents")
  void releasesSpaceWhenDocumentsAreRead(Transport transport) throws Exception {
    // Given
    var limits = new GitLimits(100, 1_000_000, 1_000_000, MINUTE);
    var space = new TemporarySpace(300_000);

    // When
    for (var i = 0; i < 20; i++) {
      var reading = read(transport, limits, space);

      // Then
      assertThat(Contents.texts(reading)).isEqualTo(Map.of("README.md", "# Read me"));
    }
  }

  private Source.Reading read(Transport transport, GitLimits limits) throws Exception {
    return read(transport, limits, new TemporarySpace(Long.MAX_VALUE));
  }

  private Source.Reading read(Transport transport, GitLimits limits, TemporarySpace space)
      throws Exception {
    try (var plain = repository.asPlainFiles()) {
      return source(url(transport, plain.url()), secret(transport), limits, space)
          .read(Optional.empty());
    }
  }

  private String url(Transport transport, String plainFiles) {
    return switch (transport) {
      case SMART_HTTP -> repository.url();
      case PLAIN_FILES -> plainFiles;
      case SSH -> overSsh.url();
    };
  }

  private Map<String, String> secret(Transport transport)
      throws IOException, GeneralSecurityException {
    return transport == Transport.SSH ? overSsh.secret() : Map.of();
  }

  private static GitFiles source(String url, Map<String, String> secret, GitLimits limits) {
    return source(url, secret, limits, new TemporarySpace(Long.MAX_VALUE));
  }

  private static GitFiles source(
      String url, Map<String, String> secret, GitLimits limits, TemporarySpace space) {
    return new GitFiles(
        new GitSource(url, null, List.of("*.md"), List.of(), null),
        new GitFetcher.Remote(url, null, GitCredentials.of(secret)),
        new GitFetcher(new OkHttpClient(), LOOPBACK, limits),
        new ContentLimits(DOCUMENT, 100, 1_000_000, MINUTE).within(space));
  }

  private static String text(int length) {
    return new Random(1)
        .ints('a', 'z' + 1)
        .limit(length)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The header of a commit in a pack. */
  private static String commitOf(long length) {
    var header = new StringBuilder();
    header.append((char) (0x80 | 1 << 4 | (length & 0xf)));
    var left = length >> 4;
    for (; left >= 0x80; left >>= 7) {
      header.append((char) (0x80 | (left & 0x7f)));
    }
    return header.append((char) left).toString();
  }

  private static String packet(String payload) {
    return "%04x%s".formatted(payload.length() + 4, payload);
  }

  private static void send(HttpExchange exchange, String type, String text) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    var bytes = text.getBytes(ISO_8859_1);
    exchange.sendResponseHeaders(200, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
