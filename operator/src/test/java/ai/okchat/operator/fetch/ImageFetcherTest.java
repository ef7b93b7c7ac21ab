package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.operator.fetch.ImageFetcher.Fetched;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import okio.ByteString;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFetcherTest {
  private static final String FIELD = "spec.avatar.url";
  private static final ByteString PICTURE = ByteString.decodeHex("89504e470d0a1a0a0000000d");
  private static final ByteString AVIF = ByteString.decodeHex("0000001c66747970617669660000ffee");
  private static final ByteString TEXT = ByteString.encodeUtf8("no picture");
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final ImageFetcher STRICT = new ImageFetcher(HTTP, new AddressPolicy(List.of()));
  // The first loopback address only, so that the second stands for one that is forbidden.
  private static final ImageFetcher ALLOWING_LOOPBACK =
      new ImageFetcher(HTTP, new AddressPolicy(List.of(Cidr.parse("127.0.0.1/32"))));

  private static final HeldCertificate SERVER =
      new HeldCertificate.Builder()
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("127.0.0.1")
          .build();
  private static final ImageFetcher TRUSTING =
      new ImageFetcher(trusting(SERVER), new AddressPolicy(List.of(Cidr.parse("127.0.0.1/32"))));

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void returnsPictureWithItsType() {
    // Given
    server.enqueue(picture("image/png", PICTURE));

    // When
    var fetched = ALLOWING_LOOPBACK.fetchImage(FIELD, url());

    // Then
    assertThat(fetched).isEqualTo(new Fetched("image/png", PICTURE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/octet-stream",
        "binary/octet-stream",
        "text/plain; charset=utf-8",
        "image/jpeg",
        "image/",
        ""
      })
  void bytesOfAPictureDecideItsType(String declared) {
    // Given
    server.enqueue(picture(declared, PICTURE));

    // When
    var fetched = ALLOWING_LOOPBACK.fetchImage(FIELD, url());

    // Then
    assertThat(fetched).isEqualTo(new Fetched("image/png", PICTURE));
  }

  @Test
  void acceptsDeclaredPictureOfAnUnknownTypeInCapitals() {
    // Given
    server.enqueue(picture("Image/AVIF", AVIF));

    // When
    var fetched = ALLOWING_LOOPBACK.fetchImage(FIELD, url());

    // Then
    assertThat(fetched.bytes()).isEqualTo(AVIF);
  }

  @Test
  void asksForPictures() throws InterruptedException {
    // Given
    server.enqueue(picture("image/png", PICTURE));

    // When
    ALLOWING_LOOPBACK.fetchImage(FIELD, url());

    // Then
    var headers = server.takeRequest().getHeaders();
    assertThat(headers.get("Accept")).isEqualTo("image/*, */*;q=0.8");
    assertThat(headers.get("User-Agent")).isEqualTo("okchat-operator");
  }

  @Test
  void sendsNothingToAnAddressThatIsNotPermitted() {
    // When
    var rejection = rejection(STRICT, url());

    // Then
    rejection
        .withMessage(
            "spec.avatar.url leads to an address that must not be fetched: the address is"
                + " loopback, link-local, private or otherwise special. Use a public address, or"
                + " have the operator's FETCH_ALLOW_CIDRS allow it.")
        .matches(e -> !e.isTransient());
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void checksAddressThatANameResolvesTo() {
    // When
    var rejection = rejection(STRICT, "http://localhost:" + server.getPort() + "/a.png");

    // Then
    rejection.withMessageContaining("must not be fetched").matches(e -> !e.isTransient());
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/a.png",
        "http://0x7f.1/a.png",
        "http://[::ffff:127.0.0.1]/a.png",
        "http://[::1]/a.png",
        "http://0/a.png"
      })
  void rejectsOtherFormsOfLoopback(String url) {
    // When
    var rejection = rejection(STRICT, url);

    // Then
    rejection.withMessageStartingWith("spec.avatar.url");
  }

  @Test
  void followsARedirectToAPermittedAddress() {
    // Given
    server.enqueue(redirect("/moved.png"));
    server.enqueue(picture("image/png", PICTURE));

    // When
    var fetched = ALLOWING_LOOPBACK.fetchImage(FIELD, url());

    // Then
    assertThat(fetched).isEqualTo(new Fetched("image/png", PICTURE));
  }

  @Test
  void followsRedirectFromHttpToHttps() throws IOException {
    // Given
    try (var secure = httpsServer()) {
      server.enqueue(permanentRedirect(secure.url("/a.png").toString()));
      secure.enqueue(picture("image/png", PICTURE));

      // When
      var fetched = TRUSTING.fetchImage(FIELD, url());

      // Then
      assertThat(fetched).isEqualTo(new Fetched("image/png", PICTURE));
    }
  }

  @Test
  void rejectsRedirectFromHttpsToHttp() throws IOException {
    // Given
    try (var secure = httpsServer()) {
      secure.enqueue(permanentRedirect(url()));

      // When
      var rejection = rejection(TRUSTING, secure.url("/a.png").toString());

      // Then
      rejection
          .withMessage(
              "spec.avatar.url redirects from https to http, which is not followed. Link to the"
                  + " address that it redirects to, or have the server corrected.")
          .matches(e -> !e.isTransient());
      assertThat(server.getRequestCount()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/a.png", ""})
  void namesRedirectThatLeadsNowhere(String target) {
    // Given
    server.enqueue(
        target.isEmpty()
            ? new MockResponse.Builder().code(301).build()
            : permanentRedirect(target));

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection
        .withMessage(
            "spec.avatar.url is redirected with status 301 to no address that can be followed."
                + " Link to the address of the picture itself.")
        .matches(e -> !e.isTransient());
  }

  @Test
  void rejectsRedirectToAForbiddenAddress() throws IOException {
    // Given
    try (var hidden = new MockWebServer()) {
      hidden.start(InetAddress.ofLiteral("127.0.0.2"), 0);
      server.enqueue(redirect("http://127.0.0.2:" + hidden.getPort() + "/secret.png"));

      // When
      var rejection = rejection(ALLOWING_LOOPBACK, url());

      // Then
      rejection.withMessageContaining("must not be fetched").matches(e -> !e.isTransient());
      assertThat(hidden.getRequestCount()).isZero();
    }
  }

  @Test
  void stopsRedirectLoop() {
    // Given
    for (var i = 0; i < 30; i++) {
      server.enqueue(redirect("/a.png"));
    }

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection.withMessage("spec.avatar.url cannot be reached.");
  }

  @Test
  void returnsPictureOfTheLargestSize() {
    // Given
    var largest = new byte[(int) ImageFetcher.MAX_IMAGE_BYTES];
    System.arraycopy(PICTURE.toByteArray(), 0, largest, 0, PICTURE.size());
    var bytes = ByteString.of(largest);
    server.enqueue(picture("image/png", bytes));

    // When
    var fetched = ALLOWING_LOOPBACK.fetchImage(FIELD, url());

    // Then
    assertThat(fetched.bytes().size()).isEqualTo(bytes.size());
  }

  @Test
  void rejectsLargerPicture() {
    // Given
    server.enqueue(
        picture("image/png", ByteString.of(new byte[(int) ImageFetcher.MAX_IMAGE_BYTES + 1])));

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection
        .withMessage("spec.avatar.url leads to more than 5 MiB. Use a smaller picture.")
        .matches(e -> !e.isTransient());
  }

  @Test
  void limitsSizeWithoutContentLength() {
    // Given
    var bytes = ByteString.of(new byte[(int) ImageFetcher.MAX_IMAGE_BYTES + 1]);
    server.enqueue(
        new MockResponse.Builder()
            .setHeader("Content-Type", "image/png")
            .chunkedBody(new Buffer().write(bytes), 1 << 16)
            .build());

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection.withMessage("spec.avatar.url leads to more than 5 MiB. Use a smaller picture.");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html; charset=utf-8, text/html",
    "application/octet-stream, application/octet-stream",
    "image/png, image/png",
    "images, no media type",
    "image/, no media type",
    "'', no media type"
  })
  void namesDeclaredTypeOfTextThatIsNoPicture(String type, String shown) {
    // Given
    server.enqueue(picture(type, TEXT));

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection
        .withMessage(
            "spec.avatar.url does not lead to a picture: the server declares %s, and the bytes are"
                + " text. Link to a PNG, JPEG, GIF, WebP or SVG picture.",
            shown)
        .matches(e -> !e.isTransient());
  }

  @Test
  void showsOnlyTheStartOfALongType() {
    // Given
    server.enqueue(picture("a/" + "b".repeat(ImageFetcher.LONGEST_TYPE), AVIF));

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection.withMessage(
        "spec.avatar.url does not lead to a picture: the server declares a/%s, and the bytes are of"
            + " an unknown type. Link to a PNG, JPEG, GIF, WebP or SVG picture.",
        "b".repeat(ImageFetcher.LONGEST_TYPE - 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410})
  void namesStatusOfAPermanentErrorResponse(int status) {
    // Given
    server.enqueue(new MockResponse.Builder().code(status).body("MARKER").build());

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection
        .withMessage(
            "The server responded to spec.avatar.url with status %d. Link to an image that exists.",
            status)
        .matches(e -> !e.isTransient());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503})
  void triesAgainAfterATransientErrorResponse(int status) {
    // Given
    for (var attempt = 0; attempt < 3; attempt++) {
      server.enqueue(new MockResponse.Builder().code(status).body("MARKER").build());
    }

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection
        .withMessage(
            "The server responded to spec.avatar.url with status %d. The operator tries again.",
            status)
        .matches(FetchException::isTransient);
  }

  @Test
  void interruptedConnectionIsTransient() {
    // Given
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection
        .withMessage("spec.avatar.url cannot be reached.")
        .matches(FetchException::isTransient);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.com:99999/a.png", "ftp://example.com/a.png", "http://", "a.png"})
  void rejectsInvalidLinkByName(String url) {
    // When
    var rejection = rejection(STRICT, url);

    // Then
    rejection
        .withMessage(
            "spec.avatar.url is no link that can be followed. Write one such as"
                + " https://example.com/a.png.")
        .matches(e -> !e.isTransient());
  }

  private String url() {
    return "http://127.0.0.1:" + server.getPort() + "/a.png";
  }

  private static ThrowableAssertAlternative<FetchException> rejection(
      ImageFetcher fetcher, String url) {
    return assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetcher.fetchImage(FIELD, url));
  }

  private static MockResponse picture(String type, ByteString bytes) {
    return new MockResponse.Builder()
        .setHeader("Content-Type", type)
        .body(new Buffer().write(bytes))
        .build();
  }

  private static MockWebServer httpsServer() throws IOException {
    var server = new MockWebServer();
    server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(SERVER).build().sslSocketFactory());
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
    return server;
  }

  private static OkHttpClient trusting(HeldCertificate authority) {
    var certificates =
        new HandshakeCertificates.Builder().addTrustedCertificate(authority.certificate()).build();
    return HTTP.newBuilder()
        .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
        .build();
  }

  private static MockResponse permanentRedirect(String target) {
    return new MockResponse.Builder().code(301).setHeader("Location", target).build();
  }

  private static MockResponse redirect(String target) {
    return new MockResponse.Builder().code(302).setHeader("Location", target).build();
  }
}
