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
  private static final ByteString PICTURE = ByteString.encodeUtf8("a picture");
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final ImageFetcher STRICT = new ImageFetcher(HTTP, new AddressPolicy(List.of()));
  // The first loopback address only, so that the second stands for one that is forbidden.
  private static final ImageFetcher ALLOWING_LOOPBACK =
      new ImageFetcher(HTTP, new AddressPolicy(List.of(Cidr.parse("127.0.0.1/32"))));

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

  @Test
  void acceptsTypeInCapitals() {
    // Given
    server.enqueue(picture("Image/JPEG", PICTURE));

    // When
    var fetched = ALLOWING_LOOPBACK.fetchImage(FIELD, url());

    // Then
    assertThat(fetched.bytes()).isEqualTo(PICTURE);
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
    server.enqueue(picture("image/webp", PICTURE));

    // When
    var fetched = ALLOWING_LOOPBACK.fetchImage(FIELD, url());

    // Then
    assertThat(fetched).isEqualTo(new Fetched("image/webp", PICTURE));
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
    var bytes = ByteString.of(new byte[(int) ImageFetcher.MAX_IMAGE_BYTES]);
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
  @ValueSource(strings = {"text/html; charset=utf-8", "application/json", "images", "image/", ""})
  void rejectsContentThatIsNoPicture(String type) {
    // Given
    server.enqueue(picture(type, PICTURE));

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection
        .withMessage("spec.avatar.url does not lead to a picture. Link to one.")
        .matches(e -> !e.isTransient());
  }

  @ParameterizedTest
  @CsvSource({"404, false", "403, false", "410, false", "500, true", "502, true", "503, true"})
  void namesStatusOfAnErrorResponse(int status, boolean passing) {
    // Given
    server.enqueue(new MockResponse.Builder().code(status).body("MARKER").build());

    // When
    var rejection = rejection(ALLOWING_LOOPBACK, url());

    // Then
    rejection
        .withMessage(
            "The server responded to spec.avatar.url with status %d. Link to an image that exists."
                .formatted(status))
        .matches(e -> e.isTransient() == passing);
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

  private static MockResponse redirect(String target) {
    return new MockResponse.Builder().code(302).setHeader("Location", target).build();
  }
}
