package ai.okchat.operator.knowledge.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.WebSource;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.OriginHeaders;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.planning.document.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a site on loopback. */
class WebPagesTest {

  private static final String PAGE =
      "<html><head><title>Prices</title></head><body><nav>Menu</nav>"
          + "<main><p>It costs <b>5</b> a day. <a href='/more'>More</a></p></main>"
          + "<footer>Imprint</footer></body></html>";

  private final MockWebServer site = new MockWebServer();
  private final MockWebServer elsewhere = new MockWebServer();
  private final Map<String, MockResponse> pages = new ConcurrentHashMap<>();

  @BeforeEach
  void serve() throws IOException {
    site.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return pages.getOrDefault(
                request.getUrl().encodedPath(), new MockResponse.Builder().code(404).build());
          }
        });
    site.start();
    elsewhere.start();
  }

  @AfterEach
  void stop() {
    site.close();
    elsewhere.close();
  }

  @Test
  void convertsPageToMarkdownNamedByItsLink() {
    // Given
    page("/prices", "text/html; charset=utf-8", PAGE);

    // When
    var read = source(List.of(link("/prices")), null).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read))
        .isEqualTo(
            Map.of(
                link("/prices"),
                "# Prices\n\nIt costs **5** a day. [More](%s)\n".formatted(link("/more"))));
  }

  @Test
  void keepsOtherTypesUnchangedOrNamesThem() {
    // Given
    page("/a.csv", "text/csv", "a,b\n1,2\n");
    page("/b.txt", "text/plain", "plain");
    page("/c.zip", "application/zip", "no");

    // When
    var read =
        source(List.of(link("/a.csv"), link("/b.txt"), link("/c.zip"), link("/gone")), null)
            .read(Optional.empty());

    // Then
    assertThat(Contents.texts(read))
        .isEqualTo(Map.of(link("/a.csv"), "a,b\n1,2\n", link("/b.txt"), "plain"));
    assertThat(Contents.reasons(read)).containsOnlyKeys(link("/c.zip"), link("/gone"));
    assertThat(Contents.reasons(read).get(link("/gone")))
        .isEqualTo("The server responded with status 404.");
  }

  @Test
  void readsPagesAndSitemapsOfASitemap() {
    // Given
    page(
        "/sitemap.xml",
        "application/xml",
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>%s</loc></sitemap></sitemapindex>"
            .formatted(link("/deep/pages.xml")));
    page(
        "/deep/pages.xml",
        "application/xml",
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>%s</loc></url><url><loc>%s</loc></url><url><loc>http://example.com/x</loc></url></urlset>"
            .formatted(link("/docs/a"), link("/blog/b")));
    page("/docs/a", "text/html", PAGE);
    page("/blog/b", "text/html", PAGE);

    // When
    var read = source(List.of(), link("/sitemap.xml"), List.of("/docs/**")).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys(link("/docs/a"));
  }

  @Test
  void obeysRobotsTxt() {
    // Given
    page("/robots.txt", "text/plain", "User-agent: *\nDisallow: /private\n");
    page("/private/a", "text/html", PAGE);
    page("/prices", "text/html", PAGE);

    // When
    var read = source(List.of(link("/private/a"), link("/prices")), null).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys(link("/prices"));
    assertThat(Contents.reasons(read))
        .isEqualTo(Map.of(link("/private/a"), "The robots.txt of the site does not allow it."));
  }

  @Test
  void requestsPagesConditionally() {
    // Given
    pages.put(
        "/prices",
        new MockResponse.Builder()
            .body(PAGE)
            .addHeader("Content-Type", "text/html")
            .addHeader("ETag", "\"v1\"")
            .build());
    var source = source(List.of(link("/prices")), null);
    var before = Contents.snapshot(source.read(Optional.empty()));
    pages.put("/prices", new MockResponse.Builder().code(304).build());

    // When
    var again = Contents.snapshot(source.read(Optional.of(before)));

    // Then
    assertThat(again.documents())
        .isEqualTo(before.documents().stream().map(SourceFile::withoutBytes).toList());
    assertThat(again.hasContent()).isFalse();
    assertThat(again.marks()).isEqualTo(before.marks());
  }

  @Test
  void keepsPageThatIsTemporarilyUnreachable() {
    // Given
    page("/prices", "text/html", PAGE);
    page("/other", "text/html", "<main>Open at nine.</main>");
    var source = source(List.of(link("/prices"), link("/other")), null);
    var before = Contents.snapshot(source.read(Optional.empty()));
    pages.put("/prices", new MockResponse.Builder().code(503).build());

    // When
    var again = Contents.snapshot(source.read(Optional.of(before)));

    // Then
    assertThat(again.documents())
        .extracting(document -> document.name() + " " + document.content().digest())
        .containsExactlyInAnyOrderElementsOf(
            before.documents().stream()
                .map(document -> document.name() + " " + document.content().digest())
                .toList());
    assertThat(again.unusable()).isEmpty();
  }

  @Test
  void unreachableSiteIsATransientFailure() {
    // Given
    pages.put("/robots.txt", new MockResponse.Builder().code(503).build());

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source(List.of(link("/prices")), null).read(Optional.empty()))
        .matches(SourceException::isTransient);
  }

  @Test
  void sendsCredentialsToTheirOriginOnly() throws InterruptedException {
    // Given
    pages.put(
        "/moved",
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", elsewhere.url("/there").toString())
            .build());
    elsewhere.enqueue(
        new MockResponse.Builder().body(PAGE).addHeader("Content-Type", "text/html").build());
    elsewhere.enqueue(new MockResponse.Builder().code(404).build());
    var credentials =
        OriginHeaders.of(List.of(HttpUrl.get(link("/"))), Map.of("X-Token", "s3cret"));
    var spec = new WebSource(List.of(link("/moved")), null, List.of(), List.of(), null, 0);

    // When
    var read =
        new WebPages(spec, credentials, fetcher(true), Contents.LIMITS).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys(link("/moved"));
    assertThat(site.takeRequest().getHeaders().get("X-Token")).isEqualTo("s3cret");
    assertThat(elsewhere.takeRequest().getHeaders().get("X-Token")).isNull();
  }

  @Test
  void rejectsForbiddenAddress() {
    // Given
    var spec = new WebSource(List.of(link("/prices")), null, List.of(), List.of(), null, 0);

    // When
    var read =
        new WebPages(spec, OriginHeaders.NONE, fetcher(false), Contents.LIMITS)
            .read(Optional.empty());

    // Then
    assertThat(Contents.reasons(read).get(link("/prices"))).contains("FETCH_ALLOW_CIDRS");
    assertThat(site.getRequestCount()).isZero();
  }

  @Test
  void stopsReadingAnEndlessPage() {
    // Given
    page("/deep", "text/html", "<div>".repeat(300_000) + "x");
    page("/long", "text/html", "<p>" + "x".repeat(Markdown.MAX_HTML));

    // When
    var read = source(List.of(link("/deep"), link("/long")), null).read(Optional.empty());

    // Then
    assertThat(Contents.reasons(read))
        .isEqualTo(
            Map.of(
                link("/deep"),
                "The page has more than 50000 elements, which is the limit.",
                link("/long"),
                DocumentCollector.TOO_MUCH_HTML));
  }

  @Test
  @DisplayName("T67: a link that is too long is a failed document, and the others continue")
  void rejectsLinkAboveLimitOfNames() {
    // Given
    var atLimit = link("/a") + "-".repeat(1024 - link("/a").length());
    var tooLong = link("/a") + "-".repeat(500_000) + "b";
    page(
        "/sitemap.xml",
        "application/xml",
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>%s</loc></url><url><loc>%s</loc></url></urlset>"
            .formatted(atLimit, tooLong));
    page(HttpUrl.get(atLimit).encodedPath(), "text/html", PAGE);

    // When
    var read = source(List.of(), link("/sitemap.xml"), List.of("/a*")).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys(atLimit);
    assertThat(Contents.reasons(read))
        .isEqualTo(
            Map.of(
                tooLong.substring(0, 100) + "…",
                "The name is longer than 1024 bytes, which is the limit."));
  }

  @Test
  @DisplayName("T64: a long ETag or Last-Modified is not kept")
  void keepsNoLongHeaders() {
    // Given
    for (var length : List.of(1024, 1025)) {
      pages.put(
          "/" + length,
          new MockResponse.Builder()
              .body(PAGE)
              .addHeader("Content-Type", "text/html")
              .addHeader("ETag", "e".repeat(length))
              .addHeader("Last-Modified", "l".repeat(length))
              .build());
    }

    // When
    var read = source(List.of(link("/1024"), link("/1025")), null).read(Optional.empty());

    // Then
    assertThat(Contents.snapshot(read).marks())
        .isEqualTo(
            Map.of(
                "etag " + link("/1024"),
                "e".repeat(1024),
                "last-modified " + link("/1024"),
                "l".repeat(1024)));
  }

  @Test
  void readsCompressedSitemap() throws IOException {
    // Given
    page("/a", "text/html", PAGE);
    var sitemap = urlset(Stream.of(link("/a")));
    compressed("/sitemap.xml.gz", out -> out.write(sitemap.getBytes(UTF_8)));

    // When
    var read = source(List.of(), link("/sitemap.xml.gz")).read(Optional.empty());

    // Then
    assertThat(Contents.texts(read)).containsOnlyKeys(link("/a"));
  }

  @Test
  @DisplayName("T64: the size of a sitemap is limited after decompression")
  void rejectsSitemapThatDecompressesAboveLimit() throws IOException {
    // Given
    var megabyte = " ".repeat(1024 * 1024).getBytes(UTF_8);
    compressed(
        "/sitemap.xml.gz",
        out -> {
          out.write("<urlset>".getBytes(UTF_8));
          for (var i = 0; i < 10; i++) {
            out.write(megabyte);
          }
        });

    // When, Then
    assertRejected("/sitemap.xml.gz", "more than 10485760 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<urlset>, <url><loc>http://localhost/%d</loc></url>, </urlset>, URLs",
        "<sitemapindex>, <sitemap><loc>http://localhost/%d</loc></sitemap>, </sitemapindex>,"
            + " sitemaps",
      })
  @DisplayName("T64: the entries of a sitemap are counted while it is parsed")
  void rejectsSitemapOfTooManyEntries(String parts) {
    // Given
    var part = parts.split(", ", -1);
    page(
        "/sitemap",
        "application/xml",
        part[0]
            + IntStream.rangeClosed(0, 50_000)
                .mapToObj(i -> part[1].formatted(i))
                .collect(Collectors.joining())
            + part[2]);

    // When, Then
    assertRejected("/sitemap", "more than 50000 " + part[3]);
  }

  @Test
  @DisplayName("T69: sitemaps are read within the time limit of the source")
  void endsBetweenSitemapsAtTimeLimit() {
    // Given
    pages.put(
        "/index.xml",
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/xml")
            .headersDelay(200, TimeUnit.MILLISECONDS)
            .body(
                "<sitemapindex><sitemap><loc>%s</loc></sitemap></sitemapindex>"
                    .formatted(link("/next.xml")))
            .build());
    var spec = new WebSource(List.of(), link("/index.xml"), List.of(), List.of(), null, 0);
    var limits = new ContentLimits(100, 10, 100, Duration.ofMillis(100));

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(
            () ->
                new WebPages(spec, OriginHeaders.NONE, fetcher(true), limits)
                    .read(Optional.empty()))
        .withMessageContaining("takes longer than 0 minutes, which is the limit")
        .matches(failure -> !failure.isTransient());
    assertThat(site.getRequestCount()).isEqualTo(1);
  }

  @Test
  @DisplayName("T95: a redirect from https to http is rejected with the reason")
  void rejectsRedirectFromHttpsToHttp() throws IOException {
    // Given
    var certificate = new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    var trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    page("/there", "text/html", PAGE);
    try (var secure = new MockWebServer()) {
      secure.useHttps(
          new HandshakeCertificates.Builder()
              .heldCertificate(certificate)
              .build()
              .sslSocketFactory());
      secure.start();
      secure.enqueue(new MockResponse.Builder().code(404).build());
      secure.enqueue(
          new MockResponse.Builder().code(302).addHeader("Location", link("/there")).build());
      var page = secure.url("/moved").toString();
      var client =
          new OkHttpClient.Builder()
              .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
              .build();
      var spec = new WebSource(List.of(page), null, List.of(), List.of(), null, 0);

      // When
      var read =
          new WebPages(spec, OriginHeaders.NONE, fetcher(client, true), Contents.LIMITS)
              .read(Optional.empty());

      // Then
      assertThat(Contents.reasons(read))
          .isEqualTo(
              Map.of(
                  page,
                  "localhost redirects from https to http, which is not followed. Name the address"
                      + " that it redirects to, or have the site corrected."));
      assertThat(site.getRequestCount()).isZero();
    }
  }

  @Test
  @DisplayName("T92: a link that the HTTP client cannot parse is rejected with its field")
  void namesFieldOfLinkThatCannotBeParsed() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(
            () -> source(List.of(link("/a"), "https://a..b/x"), null).read(Optional.empty()))
        .withMessage(
            "spec.web.urls[1] is not a link that can be followed. Write one such as"
                + " https://example.com/prices.")
        .matches(failure -> !failure.isTransient());
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source(List.of(), "https://a..b/x").read(Optional.empty()))
        .withMessage(
            "spec.web.sitemap is not a link that can be followed. Write one such as"
                + " https://example.com/prices.")
        .matches(failure -> !failure.isTransient());
  }

  private void assertRejected(String sitemap, String why) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> source(List.of(), link(sitemap)).read(Optional.empty()))
        .withMessage(
            "The sitemap %s has %s, which is the limit. Name a smaller one in spec.web.sitemap."
                .formatted(link(sitemap), why))
        .matches(failure -> !failure.isTransient());
  }

  private static String urlset(Stream<String> links) {
    return links
        .map("<url><loc>%s</loc></url>"::formatted)
        .collect(
            Collectors.joining(
                "", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "</urlset>"));
  }

  /** Writes the content of a compressed page. */
  @FunctionalInterface
  private interface Writing {
    void write(OutputStream out) throws IOException;
  }

  private void compressed(String path, Writing content) throws IOException {
    var bytes = new Buffer();
    try (var out = new GZIPOutputStream(bytes.outputStream())) {
      content.write(out);
    }
    pages.put(
        path,
        new MockResponse.Builder()
            .body(bytes)
            .addHeader("Content-Type", "application/gzip")
            .build());
  }

  private void page(String path, String type, String body) {
    pages.put(path, new MockResponse.Builder().body(body).addHeader("Content-Type", type).build());
  }

  private String link(String path) {
    return site.url(path).toString();
  }

  private WebPages source(List<String> urls, @Nullable String sitemap) {
    return source(urls, sitemap, List.of());
  }

  private WebPages source(List<String> urls, @Nullable String sitemap, List<String> include) {
    var spec = new WebSource(urls, sitemap, include, List.of(), null, 0);
    return new WebPages(
        spec, OriginHeaders.NONE, fetcher(true), Contents.LIMITS, Map.of(), new FakePace());
  }

  private static WebFetcher fetcher(boolean loopback) {
    return fetcher(new OkHttpClient(), loopback);
  }

  private static WebFetcher fetcher(OkHttpClient client, boolean loopback) {
    var allowed =
        loopback ? List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128")) : List.<Cidr>of();
    return new WebFetcher(client, new AddressPolicy(allowed));
  }
}
