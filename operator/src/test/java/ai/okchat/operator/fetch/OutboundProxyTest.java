package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.operator.knowledge.source.ServedRepository;
import ai.okchat.operator.testing.LoopbackProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import okio.BufferedSink;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests through a real proxy on loopback, whose address no link may lead to. */
class OutboundProxyTest {

  /** A name that only the proxy can resolve. */
  private static final String NAME = "docs.example.invalid";

  private static final AddressPolicy STRICT = new AddressPolicy(List.of());
  private static final ByteString PICTURE = ByteString.decodeHex("89504e470d0a1a0a0000000d");

  private final MockWebServer site = new MockWebServer();
  private LoopbackProxy proxy;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    site.start(InetAddress.ofLiteral("127.0.0.1"), 0);
    proxy = LoopbackProxy.start();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    site.close();
  }

  @ParameterizedTest
  @CsvSource({
    "https://v2.okchat.ai, '', true",
    "https://v2.okchat.ai, '*', false",
    "https://v2.okchat.ai, okchat.ai, false",
    "https://okchat.ai, okchat.ai, false",
    "https://notokchat.ai, okchat.ai, true",
    "https://okchat.ai, .okchat.ai, true",
    "https://v2.okchat.ai, .okchat.ai, false",
    "https://v2.okchat.ai, *.OkChat.ai, false",
    "https://v2.okchat.ai, v2.okchat.ai:443, false",
    "https://v2.okchat.ai:8443, v2.okchat.ai:443, true",
    "http://v2.okchat.ai, v2.okchat.ai:80, false",
    "https://10.1.2.3, 10.0.0.0/8, false",
    "https://11.1.2.3, 10.0.0.0/8, true",
    "https://10.1.2.3, 10.1.2.3, false",
    "https://[fd00::1]:8443, fd00::/8, false",
    "https://[fd00::1]:8443, fd00:0::1, false",
    "https://[fd00::1]:8443, '[fd00::1]', false",
    "https://[fd00::2]:8443, fd00::1, true",
    "https://sandbox.team.svc, '.svc, .cluster.local', false",
  })
  void excludesHostsAsOtherProgramsDo(URI target, String exclusions, boolean proxied) {
    // Given
    var names = List.of(exclusions.split(" *, *", -1));
    var outbound = OutboundProxy.of("http://proxy.example.com:3128", names);

    // When
    var route = outbound.select(target).getFirst();

    // Then
    assertThat(route.type()).isEqualTo(proxied ? Proxy.Type.HTTP : Proxy.Type.DIRECT);
  }

  @Test
  void sendsRequestsOfBackendsThroughTheProxy() throws Exception {
    // Given
    site.enqueue(new MockResponse.Builder().body("[]").build());
    var http = outbound().apply(new OkHttpClient());
    var request = new Request.Builder().url(named("/chatbots")).build();

    // When
    try (var response = http.newCall(request).execute()) {

      // Then
      assertThat(response.body().string()).isEqualTo("[]");
    }
    assertThat(proxy.requests())
        .containsExactly("GET http://%s:%d/chatbots HTTP/1.1".formatted(NAME, site.getPort()));
  }

  @Test
  void tunnelsToASiteWithAPrivateAuthority() {
    // Given
    var authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    var own =
        new HeldCertificate.Builder().addSubjectAlternativeName(NAME).signedBy(authority).build();
    site.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(own).build().sslSocketFactory());
    site.enqueue(picture());
    var trusted =
        new HandshakeCertificates.Builder().addTrustedCertificate(authority.certificate()).build();
    var http =
        new OkHttpClient.Builder()
            .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
            .build();

    // When
    var fetched =
        new ImageFetcher(outbound().apply(http), STRICT).fetchImage("spec.avatar.url", named("/"));

    // Then
    assertThat(fetched.bytes()).isEqualTo(PICTURE);
    assertThat(proxy.requests())
        .containsExactly("CONNECT %s:%d HTTP/1.1".formatted(NAME, site.getPort()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://[::1]:%d/",
        "http://169.254.169.254:%d/"
      })
  void proxyDoesNotReachForbiddenAddresses(String link) {
    // Given
    var fetcher = new ImageFetcher(outbound().apply(new OkHttpClient()), STRICT);

    // When, Then
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetcher.fetchImage("spec.avatar.url", link.formatted(site.getPort())))
        .withMessageContaining("private or otherwise special");
    assertThat(proxy.requests()).isEmpty();
    assertThat(site.getRequestCount()).isZero();
  }

  @Test
  void proxyDoesNotFollowARedirectToAForbiddenAddress() {
    // Given
    site.enqueue(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", "http://127.0.0.1:%d/".formatted(site.getPort()))
            .build());
    var fetcher = new ImageFetcher(outbound().apply(new OkHttpClient()), STRICT);

    // When, Then
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetcher.fetchImage("spec.avatar.url", named("/")))
        .withMessageContaining("private or otherwise special");
    assertThat(proxy.requests()).hasSize(1);
    assertThat(site.getRequestCount()).isEqualTo(1);
  }

  @Test
  void linkDoesNotLeadToTheProxyItself() {
    // Given
    var fetcher = new ImageFetcher(outbound().apply(new OkHttpClient()), STRICT);

    // When, Then
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetcher.fetchImage("spec.avatar.url", proxy.url() + "/status"))
        .withMessageContaining("private or otherwise special");
    assertThat(proxy.requests()).isEmpty();
  }

  @Test
  void onlyTheProxyReceivesItsCredentials() throws Exception {
    // Given
    proxy.demand("okchat", "hush");
    site.enqueue(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", "http://127.0.0.1:%d/direct".formatted(site.getPort()))
            .build());
    site.enqueue(picture());
    var outbound =
        OutboundProxy.of(proxy.url().replace("//", "//okchat:hush@"), List.of("127.0.0.1"));
    var allowing = new AddressPolicy(List.of(Cidr.parse("127.0.0.1/32")));

    // When
    var fetched =
        new ImageFetcher(outbound.apply(new OkHttpClient()), allowing)
            .fetchImage("spec.avatar.url", named("/"));

    // Then
    assertThat(fetched.bytes()).isEqualTo(PICTURE);
    assertThat(proxy.requests()).hasSize(1);
    for (var request : List.of(site.takeRequest(), site.takeRequest())) {
      assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
    }
  }

  @Test
  void sendsARequestThatCannotRepeatWithTheCredentialsOfTheProxy() throws Exception {
    // Given
    proxy.demand("okchat", "hush");
    site.enqueue(new MockResponse.Builder().body("created").build());
    var outbound = OutboundProxy.of(proxy.url().replace("//", "//okchat:hush@"), List.of());
    var body =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8("a bot");
          }

          @Override
          public boolean isOneShot() {
            return true;
          }
        };

    // When
    var request = new Request.Builder().url(named("/create")).post(body).build();
    try (var response = outbound.apply(new OkHttpClient()).newCall(request).execute()) {

      // Then
      assertThat(response.body().string()).isEqualTo("created");
    }
    assertThat(site.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
  }

  @Test
  void readsRepositoriesThroughTheProxy() throws Exception {
    // Given
    var allowing = new AddressPolicy(List.of(Cidr.parse("127.0.0.1/32")));
    var fetcher = new GitFetcher(outbound().apply(new OkHttpClient()), allowing);
    try (var repository = ServedRepository.in(folder.resolve("served"))) {
      repository.write("docs/hours.md", "From nine to five.");
      var id = repository.commit();
      var remote = new GitFetcher.Remote(repository.url(), null, GitCredentials.of(Map.of()));

      // When
      var revision = fetcher.resolve(remote, folder);

      // Then
      assertThat(revision.toString()).contains(id);
    }
    assertThat(proxy.requests())
        .isNotEmpty()
        .allMatch(line -> line.contains("/docs.git/info/refs"));
  }

  private OutboundProxy outbound() {
    return OutboundProxy.of(proxy.url(), List.of());
  }

  /** The address of the site by a name that only the proxy can resolve. */
  private String named(String path) {
    return site.url(path).newBuilder().host(NAME).build().toString();
  }

  private static MockResponse picture() {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "image/png")
        .body(new Buffer().write(PICTURE))
        .build();
  }
}
