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
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.SkippedFile;
import ai.okchat.planning.document.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crawls of sites that are busy, slow, closed or unusual; only waits of the crawl take time. */
final class WebCrawlTest {

  private static final String LOGIN =
      "<html><body><h1>로그인</h1><p>서비스를 이용하려면 로그인하세요.</p><form><input type='password'>"
          + "</form></body></html>";

  private static final String STAYS =
      " A document that the bot has stays as it was. Give the operator access with"
          + " spec.web.headersSecretRef, correct the site, or remove the page from the source.";

  @AutoClose private final MockWebServer site = new MockWebServer();
  private final FakePace pace = new FakePace();
  private OkHttpClient http = new OkHttpClient();
  private final Map<String, Function<RecordedRequest, MockResponse>> pages =
      new ConcurrentHashMap<>();

  @BeforeEach
  void serve() throws IOException {
    site.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return respond(request);
          }
        });
    site.start();
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-gzip, gzip, true",
    "application/xml, '', true",
    "text/plain, '', false",
    "application/xml, gzip, false",
    "application/octet-stream, x-gzip, true",
  })
  @DisplayName("sitemap_gzip: a sitemap is read by its bytes, whatever its header says")
  void readsASitemapByItsBytes(String type, String encoding, boolean compressed) {
    // Given
    var sitemap = new Buffer().write(bytes(urlset(link("/a"), link("/b")), compressed));
    serve("/map", _ -> response(type, sitemap.clone(), encoding));
    page("/a", "One.");
    page("/b", "Two.");
    serve(
        "/index",
        _ ->
            response(
                "text/plain",
                new Buffer()
                    .writeUtf8("<sitemapindex><sitemap><loc>/map</loc></sitemap></sitemapindex>"),
                ""));

    // When
    var direct = crawl(sitemap("/map"), Optional.empty());
    var nested = crawl(sitemap("/index"), Optional.empty());

    // Then
    var texts = Map.of(link("/a"), "One.\n", link("/b"), "Two.\n");
    assertThat(texts(direct)).isEqualTo(texts);
    assertThat(texts(nested)).isEqualTo(texts);
  }

  @Test
  @DisplayName("answers_200_for_all: a text without links is no sitemap")
  void rejectsTextWithoutLinks() {
    // Given
    serve("/map", _ -> response("text/plain", new Buffer().writeUtf8("Not found"), ""));

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> crawl(sitemap("/map"), Optional.empty()))
        .withMessage(link("/map") + " is no sitemap. Name one in spec.web.sitemap.");
  }

  @Test
  @DisplayName("sitemap_other_host: pages count where a redirected sitemap puts them")
  void readsPagesWhereTheSitemapRedirectsTo() {
    // Given
    var there = link("/map").replace("localhost", "127.0.0.1");
    var page = link("/a").replace("localhost", "127.0.0.1");
    serve("/moved", _ -> redirect(there));
    map("/map", urlset(page));
    page("/a", "One.");

    // When
    var read = crawl(sitemap("/moved"), Optional.empty());

    // Then
    assertThat(texts(read)).isEqualTo(Map.of(page, "One.\n"));
  }

  @Test
  @DisplayName("sitemap_other_host: links of other hosts are counted and named")
  void namesHostsOfLinksThatAreNotRead() {
    // Given
    map("/docs/map", urlset("https://www.example.com/x", "/a", "b", "https://www.example.com/y"));
    page("/a", "One.");
    page("/docs/b", "Two.");

    // When
    var read = crawl(sitemap("/docs/map"), Optional.empty());

    // Then
    assertThat(texts(read)).isEqualTo(Map.of(link("/a"), "One.\n", link("/docs/b"), "Two.\n"));
    assertThat(read.omissions())
        .isEqualTo(
            new Omissions(
                List.of(),
                "",
                "Links of the sitemap to other hosts are not read (2, to www.example.com). List"
                    + " such pages in spec.web.urls, or name a sitemap of that host in"
                    + " spec.web.sitemap.",
                2,
                List.of(
                    ofOtherHost("https://www.example.com/x"),
                    ofOtherHost("https://www.example.com/y")),
                0));
  }

  @Test
  @DisplayName("sitemap_beyond_limit: include selects before the limit of pages applies")
  void selectsBeforeItCountsPages() {
    // Given
    map(
        "/map",
        urlset(
            IntStream.range(0, 12_000)
                .mapToObj(i -> link("/" + (i < 2 ? "in/" : "x/") + i))
                .toArray(String[]::new)));
    page("/in/0", "One.");
    page("/in/1", "Two.");
    var spec = new WebSource(List.of(), link("/map"), List.of("/in/*"), List.of(), null, 0);

    // When
    var read = crawl(spec, Optional.empty());

    // Then
    assertThat(texts(read)).containsOnlyKeys(link("/in/0"), link("/in/1"));
  }

  @ParameterizedTest
  @CsvSource({"/문서/*", "/%EB%AC%B8%EC%84%9C/*"})
  void selectsPagesByTheLettersOfTheirPath(String glob) {
    // Given
    map("/map", urlset("/%EB%AC%B8%EC%84%9C/a", "/문서/b", "/other/c"));
    page("/%EB%AC%B8%EC%84%9C/a", "One.");
    page("/%EB%AC%B8%EC%84%9C/b", "Two.");
    var spec = new WebSource(List.of(), link("/map"), List.of(glob), List.of(), null, 0);

    // When
    var read = crawl(spec, Optional.empty());

    // Then
    assertThat(texts(read))
        .isEqualTo(
            Map.of(
                link("/%EB%AC%B8%EC%84%9C/a"), "One.\n", link("/%EB%AC%B8%EC%84%9C/b"), "Two.\n"));
  }

  @Test
  @DisplayName("sitemap_odd_links: links in any legal form are read, each once")
  void readsLinksInAnyFormOnce() {
    // Given
    map(
        "/map",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- All pages -->
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
          <url><loc><![CDATA[%s]]></loc></url>
          <url><loc>
            %s
          </loc><lastmod>2026-03-01</lastmod></url>
          <url><loc>%s?x=1&amp;y=2</loc></url>
          <!-- <url><loc>%s</loc></url> -->
          <url><loc>%s</loc><image:image><image:loc>%s</image:loc></image:image></url>
        </urlset>
        """
            .formatted(
                link("/a"), link("/b"), link("/c"), link("/old"), link("/안내"), link("/logo.png")));
    Stream.of("/a", "/b", "/c", "/%EC%95%88%EB%82%B4").forEach(path -> page(path, path));
    var spec = new WebSource(List.of(link("/a")), link("/map"), List.of(), List.of(), null, 10);

    // When
    var read = crawl(spec, Optional.empty());

    // Then
    assertThat(texts(read))
        .isEqualTo(
            Map.of(
                link("/a"), "/a\n",
                link("/b"), "/b\n",
                link("/c?x=1&y=2"), "/c\n",
                link("/%EC%95%88%EB%82%B4"), "/%EC%95%88%EB%82%B4\n"));
    assertThat(reasons(read)).isEmpty();
    assertThat(site.getRequestCount()).isEqualTo(6);
  }

  @Test
  @DisplayName("hangul_links: links with letters of Hangul and with a space are read, each once")
  void readsLinksWithHangulOnce() {
    // Given
    page("/%EC%95%88%EB%82%B4", "Guide.");
    page("/price%20list", "Prices.");

    // When
    var read =
        crawl(urls("/안내", "/%EC%95%88%EB%82%B4", "/price%20list", "/price list"), Optional.empty());

    // Then
    assertThat(texts(read))
        .isEqualTo(
            Map.of(link("/%EC%95%88%EB%82%B4"), "Guide.\n", link("/price%20list"), "Prices.\n"));
    assertThat(read.omissions()).isEqualTo(Omissions.NONE);
  }

  @Test
  @DisplayName("unchanged_pages: a page whose nonce, token and ETag change is the same document")
  void takesNoEditOfWhatIsNotOnThePage() {
    // Given
    var html =
        "<head><meta name='csrf-token' content='%1$d'><script nonce='%1$d'>go()</script></head>"
            + "<body data-request='%1$d'><main><h1>Hours</h1><p>From nine to five.</p><form>"
            + "<input type='hidden' name='token' value='%1$d'></form></main></body>";
    html("/a", html.formatted(1));
    var first = crawl(urls("/a"), Optional.empty());
    html("/a", html.formatted(2));

    // When
    var second = crawl(urls("/a"), Optional.of(first));

    // Then
    assertThat(texts(second)).isEqualTo(Map.of(link("/a"), "# Hours\n\nFrom nine to five.\n"));
    assertThat(digests(second)).isEqualTo(digests(first));
  }

  @ParameterizedTest
  @CsvSource({"401, false", "403, false", "404, false", "429, true", "500, true"})
  @DisplayName("site_goes_wrong: a page that fails for a while is the same document afterwards")
  void takesAPageThatRecoversAsItWas(int status, boolean keeps) {
    // Given
    page("/a", "One.");
    page("/b", "Two.");
    var first = crawl(urls("/a", "/b"), Optional.empty());
    serve("/a", _ -> new MockResponse.Builder().code(status).build());

    // When
    var second = crawl(urls("/a", "/b"), Optional.of(first));
    page("/a", "One.");
    var third = crawl(urls("/a", "/b"), Optional.of(second));

    // Then
    assertThat(names(second).contains(link("/a"))).isEqualTo(keeps);
    assertThat(reasons(second))
        .isEqualTo(
            keeps
                ? Map.of()
                : Map.of(link("/a"), "The server responded with status %d.".formatted(status)));
    assertThat(digests(third)).isEqualTo(digests(first));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @DisplayName("sitemap_goes_wrong: a sitemap that fails is a failure, and no smaller source")
  void rejectsSitemapThatFailed(int failure) {
    // Given
    page("/a", "One.");
    page("/b", "Two.");
    var whole = urlset(link("/a"), link("/b"));
    map("/map", whole);
    var first = crawl(sitemap("/map"), Optional.empty());
    switch (failure) {
      case 0 -> serve("/map", _ -> new MockResponse.Builder().code(404).build());
      case 1 -> serve("/map", _ -> new MockResponse.Builder().code(500).build());
      case 2 -> html("/map", "<html><body><h1>Maintenance</h1></body></html>");
      default -> map("/map", whole.substring(0, whole.lastIndexOf("<url>") + 12));
    }

    // When, Then
    assertThat(first.documents()).hasSize(2);
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> crawl(sitemap("/map"), Optional.of(first)))
        .withMessageContaining(link("/map"));
  }

  @Test
  @DisplayName("sitemap_limits: the limit of sitemaps is named")
  void namesLimitOfSitemaps() {
    // Given
    var index = new StringBuilder("<sitemapindex>");
    for (var i = 0; i < 120; i++) {
      map("/map-" + i, urlset(link("/a")));
      index.append("<sitemap><loc>").append(link("/map-" + i)).append("</loc></sitemap>");
    }
    map("/index", index + "</sitemapindex>");

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> crawl(sitemap("/index"), Optional.empty()))
        .withMessage(
            "The sitemap %s has more than 100 sitemaps, which is the limit. Name a smaller one in spec.web.sitemap."
                .formatted(link("/index")));
  }

  @Test
  @DisplayName(
      "answers_200_for_all: a page without text is no document, and robots.txt no obstacle")
  void namesAppShellWithoutText() {
    // Given
    var shell = "<html><body><div id=root></div><script src=app.js></script></body></html>";
    html("/robots.txt", shell);
    html("/app", shell);
    html("/about", "<html><body><p>About us.</p></body></html>");

    // When
    var read = crawl(urls("/app", "/about"), Optional.empty());

    // Then
    assertThat(texts(read)).isEqualTo(Map.of(link("/about"), "About us.\n"));
    assertThat(reasons(read))
        .isEqualTo(Map.of(link("/app"), "The page cannot be turned into text."));
  }

  @Test
  @DisplayName("accept_header: pages, sitemap and robots.txt are requested with Accept")
  void sendsAcceptAndAcceptLanguage() {
    // Given
    var headers = new TreeMap<String, String>();
    Stream.of("/robots.txt", "/map", "/a")
        .forEach(
            path ->
                serve(
                    path,
                    request -> {
                      headers.put(
                          path,
                          request.getHeaders().get("Accept")
                              + " | "
                              + request.getHeaders().get("Accept-Language"));
                      return path.equals("/map")
                          ? response("text/xml", new Buffer().writeUtf8(urlset("/a")), "")
                          : response("text/plain", new Buffer().writeUtf8("One."), "");
                    }));

    // When
    crawl(sitemap("/map"), Optional.empty());

    // Then
    var sent =
        "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
            + " | ko, en;q=0.8, *;q=0.5";
    assertThat(headers).isEqualTo(Map.of("/robots.txt", sent, "/map", sent, "/a", sent));
  }

  @Test
  @DisplayName("login_redirect: documents stay while pages lead to a login page, also later")
  void keepsDocumentsWhilePagesLeadToALoginPage() {
    // Given
    var names = List.of("/a", "/b", "/c");
    names.forEach(name -> page(name, "Text of " + name));
    var spec = urls("/a", "/b", "/c");
    var first = crawl(spec, Optional.empty());
    names.forEach(name -> serve(name, _ -> redirect("/login?next=" + name)));
    html("/login", LOGIN);

    // When
    var second = crawl(spec, Optional.of(first));
    var third = crawl(spec, Optional.of(second));

    // Then
    var why = "It leads to %s, as other pages of the source do.".formatted(link("/login")) + STAYS;
    var rejected = Map.of(link("/a"), why, link("/b"), why, link("/c"), why);
    assertThat(List.of(texts(second), reasons(second), texts(third), reasons(third)))
        .containsExactly(Map.of(), rejected, Map.of(), rejected);
  }

  @Test
  @DisplayName("login_page_for_all: documents stay while all pages have one content, also later")
  void keepsDocumentsWhileAllPagesHaveOneContent() {
    // Given
    var spec = urls("/a", "/b");
    page("/a", "One.");
    page("/b", "Two.");
    var first = crawl(spec, Optional.empty());
    page("/a", "점검 중입니다.");
    page("/b", "점검 중입니다.");

    // When
    var second = crawl(spec, Optional.of(first));
    var third = crawl(spec, Optional.of(second));
    page("/a", "One.");
    page("/b", "Three.");
    var fourth = crawl(spec, Optional.of(third));

    // Then
    var why =
        "It has the same content as other pages of the source, as a login or maintenance page has."
            + STAYS;
    var rejected = Map.of(link("/a"), why, link("/b"), why);
    assertThat(List.of(reasons(second), reasons(third))).containsExactly(rejected, rejected);
    assertThat(texts(fourth)).isEqualTo(Map.of(link("/a"), "One.\n", link("/b"), "Three.\n"));
  }

  @Test
  @DisplayName("login_page_for_all: a new process knows the documents by the status")
  void keepsDocumentsAfterARestart() {
    // Given
    page("/a", "점검 중입니다.");
    page("/b", "점검 중입니다.");
    var good = Map.of(link("/a"), "1", link("/b"), "2");

    // When
    var read = crawl(urls("/a", "/b"), Optional.empty(), good);

    // Then
    assertThat(reasons(read)).containsOnlyKeys(link("/a"), link("/b"));
  }

  @Test
  @DisplayName("one_page_four_addresses: four addresses of one page are one document")
  void takesTwinsOnce() {
    // Given
    var html =
        "<head><link rel=canonical href='%s'></head><main>How to begin.</main>"
            .formatted(link("/guide/"));
    Stream.of("/guide", "/guide/", "/guide.html").forEach(path -> html(path, html));
    html("/other", "<main>Something else.</main>");

    // When
    var read =
        crawl(
            urls("/guide", "/guide/", "/guide?utm_source=x", "/guide.html", "/other"),
            Optional.empty());

    // Then
    assertThat(texts(read))
        .isEqualTo(Map.of(link("/guide/"), "How to begin.\n", link("/other"), "Something else.\n"));
    assertThat(reasons(read)).isEmpty();
    assertThat(read.omissions())
        .isEqualTo(
            skipped(
                twin("/guide", "/guide/"),
                twin("/guide?utm_source=x", "/guide/"),
                twin("/guide.html", "/guide/")));
  }

  @Test
  @DisplayName("page_cut_off: a page whose connection breaks is a failure of that page only")
  void namesThePageWhoseConnectionBreaks() {
    // Given
    page("/a", "One.");
    serve(
        "/cut",
        _ ->
            new MockResponse.Builder()
                .addHeader("Content-Type", "text/markdown")
                .body("x".repeat(1_000_000))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

    // When
    var read = crawl(urls("/a", "/cut"), Optional.empty());

    // Then
    assertThat(texts(read)).isEqualTo(Map.of(link("/a"), "One.\n"));
    assertThat(reasons(read)).containsOnlyKeys(link("/cut"));
    assertThat(reasons(read).get(link("/cut")))
        .startsWith("The connection to localhost broke while the page was read");
  }

  @Test
  @DisplayName("hanging_page: a page that never answers is named, the others are read")
  void namesThePageThatNeverResponds() {
    // Given
    var requests = new AtomicInteger();
    var paths = List.of("/a", "/b", "/hangs", "/c", "/d");
    paths.forEach(path -> page(path, "Page " + path));
    serve(
        "/hangs",
        _ -> {
          requests.incrementAndGet();
          return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
        });
    http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> chain.withReadTimeout(300, TimeUnit.MILLISECONDS).proceed(chain.request()))
            .build();

    // When
    var read = crawl(urls(paths.toArray(String[]::new)), Optional.empty());

    // Then
    assertThat(names(read)).containsExactly(link("/a"), link("/b"), link("/c"), link("/d"));
    assertThat(reasons(read))
        .isEqualTo(Map.of(link("/hangs"), "localhost cannot be reached (SocketTimeoutException)."));
    assertThat(requests).hasValue(1);
  }

  @Test
  @DisplayName("too_many_requests: a crawl goes on by itself, and asks no page before its time")
  void waitsAsLongAsTheSiteAsks() {
    // Given
    var allowed = new ArrayList<>(List.of(10));
    var early = new ArrayList<Duration>();
    var paths = IntStream.range(0, 30).mapToObj(i -> "/" + i).toList();
    var blockedUntil = new ArrayList<>(List.of(Duration.ZERO));
    for (var path : paths) {
      serve(
          path,
          _ -> {
            if (pace.time().compareTo(blockedUntil.getFirst()) < 0) {
              early.add(pace.time());
            }
            if (allowed.getFirst() == 0) {
              allowed.set(0, 10);
              blockedUntil.set(0, pace.time().plusSeconds(3));
              return new MockResponse.Builder().code(429).addHeader("Retry-After", "3").build();
            }
            allowed.set(0, allowed.getFirst() - 1);
            return response("text/plain", new Buffer().writeUtf8("Page " + path), "");
          });
    }

    // When
    var read = crawl(urls(paths.toArray(String[]::new)), Optional.empty());

    // Then
    assertThat(read.documents()).hasSize(30);
    assertThat(pace.waits()).containsOnly(Duration.ofSeconds(3));
    assertThat(early).isEmpty();
  }

  @Test
  @DisplayName("some_503: pages that fail once are requested again after the others")
  void requestsAPageAgainThatFailedOnce() {
    // Given
    var requests = new ArrayList<String>();
    for (var path : List.of("/a", "/b")) {
      serve(
          path,
          _ -> {
            requests.add(path);
            return requests.size() == 1
                ? new MockResponse.Builder().code(503).build()
                : response("text/plain", new Buffer().writeUtf8("Page " + path), "");
          });
    }

    // When
    var read = crawl(urls("/a", "/b"), Optional.empty());

    // Then
    assertThat(texts(read)).containsOnlyKeys(link("/a"), link("/b"));
    assertThat(requests).containsExactly("/a", "/b", "/a");
  }

  @Test
  @DisplayName("some_503: a page that always fails is requested a few times and named")
  void namesAPageThatAlwaysFails() {
    // Given
    page("/a", "One.");
    serve("/b", _ -> new MockResponse.Builder().code(503).build());

    // When
    var read = crawl(urls("/a", "/b"), Optional.empty());

    // Then
    assertThat(reasons(read))
        .isEqualTo(Map.of(link("/b"), "The server responded with status 503."));
    assertThat(pace.waits())
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
  }

  @Test
  @DisplayName("too_many_requests: a long Retry-After ends the fetch, and the next one continues")
  void continuesAfterALongPause() {
    // Given
    var spec = urls("/a", "/b", "/c");
    page("/a", "One.");
    page("/c", "Three.");
    serve("/b", _ -> new MockResponse.Builder().code(503).addHeader("Retry-After", "120").build());

    // When
    var first = crawl(spec, Optional.empty());
    var requests = site.getRequestCount();
    page("/b", "Two.");
    var second = crawl(spec, Optional.of(first));

    // Then
    assertThat(texts(first)).isEqualTo(Map.of(link("/a"), "One.\n"));
    assertThat(first.pause()).contains(Duration.ofMinutes(2));
    assertThat(first.omissions())
        .isEqualTo(
            new Omissions(
                List.of(link("/c"), link("/b")),
                "The site localhost limits requests or is overloaded (status 429 or 5xx), so the"
                    + " operator requests the remaining pages when the site permits. No user action"
                    + " is required.",
                ""));
    assertThat(names(second)).containsExactly(link("/a"), link("/c"), link("/b"));
    assertThat(second.pause()).isEmpty();
    assertThat(site.getRequestCount() - requests).isEqualTo(3);
  }

  @Test
  @DisplayName("crawl_delay_beyond_time: a crawl of any length ends, and its message has the delay")
  void readsSlowlyInSeveralFetches() {
    // Given
    var paths = IntStream.range(0, 30).mapToObj(i -> "/" + i).toList();
    paths.forEach(path -> page(path, "Page " + path));
    serve(
        "/robots.txt",
        _ ->
            response("text/plain", new Buffer().writeUtf8("User-agent: *\nCrawl-delay: 10\n"), ""));
    var spec = urls(paths.toArray(String[]::new));

    // When
    var fetches = new ArrayList<Snapshot>();
    var last = crawl(spec, Optional.empty());
    while (last.pause().isPresent() && fetches.size() < 10) {
      fetches.add(last);
      pace.pass(last.pause().orElseThrow());
      last = crawl(spec, Optional.of(last));
    }

    // Then
    assertThat(fetches.stream().map(fetch -> fetch.documents().size()).toList())
        .containsExactly(10, 20);
    assertThat(fetches.stream().map(fetch -> fetch.omissions().pause()).distinct().toList())
        .containsExactly(
            "The robots.txt of localhost asks for 10 seconds between two pages (Crawl-delay), so"
                + " the operator reads the source in several fetches. No user action is required.");
    assertThat(last.documents()).hasSize(30);
    assertThat(last.omissions()).isEqualTo(Omissions.NONE);
  }

  @Test
  @DisplayName("one_page_four_addresses: a later fetch of a reading still names the twins")
  void namesTwinsOfAnEarlierFetch() {
    // Given
    var spec = urls("/a", "/twin", "/b");
    page("/a", "One.");
    page("/twin", "One.");
    serve("/b", _ -> new MockResponse.Builder().code(503).addHeader("Retry-After", "120").build());

    // When
    var first = crawl(spec, Optional.empty());
    page("/b", "Two.");
    var second = crawl(spec, Optional.of(first));

    // Then
    assertThat(second.omissions()).isEqualTo(skipped(twin("/twin", "/a")));
  }

  @Test
  @DisplayName("some_503: a reading waits for a site that fails between two fetches")
  void waitsForASiteThatFailsBetweenTwoFetches() {
    // Given
    var spec = urls("/a", "/b");
    page("/a", "One.");
    serve("/b", _ -> new MockResponse.Builder().code(429).addHeader("Retry-After", "600").build());
    var first = crawl(spec, Optional.empty());
    page("/b", "Two.");
    serve("/robots.txt", _ -> new MockResponse.Builder().code(503).build());

    // When
    var second = crawl(spec, Optional.of(first));
    pages.remove("/robots.txt");
    var third = crawl(spec, Optional.of(second));

    // Then
    assertThat(second.pause()).contains(Duration.ofMinutes(1));
    assertThat(reasons(second)).isEmpty();
    assertThat(names(third)).containsExactly(link("/a"), link("/b"));
    assertThat(third.pause()).isEmpty();
  }

  @Test
  @DisplayName("crawl_delay_beyond_time: unread pages of an earlier reading stay documents")
  void keepsUnreadPagesOfAnEarlierReading() {
    // Given
    var spec = urls("/a", "/b");
    page("/a", "One.");
    page("/b", "Two.");
    var complete = crawl(spec, Optional.empty());
    serve("/a", _ -> new MockResponse.Builder().code(429).addHeader("Retry-After", "600").build());

    // When
    var paused = crawl(spec, Optional.of(complete));

    // Then
    assertThat(names(paused)).containsExactlyInAnyOrder(link("/a"), link("/b"));
    assertThat(paused.pause()).contains(Duration.ofMinutes(10));
    assertThat(paused.omissions().unread()).isEmpty();
  }

  @Test
  @DisplayName("too_many_requests: a sitemap that asks for a pause does not empty the source")
  void keepsDocumentsWhileTheSitemapIsBusy() {
    // Given
    map("/map", urlset("/a"));
    page("/a", "One.");
    var complete = crawl(sitemap("/map"), Optional.empty());
    serve(
        "/map", _ -> new MockResponse.Builder().code(429).addHeader("Retry-After", "600").build());

    // When
    var first = crawl(sitemap("/map"), Optional.empty());
    var refresh = crawl(sitemap("/map"), Optional.of(complete));
    map("/map", urlset("/a"));
    var continued = crawl(sitemap("/map"), Optional.of(refresh));

    // Then
    assertThat(first.omissions().unread()).containsExactly(link("/map"));
    assertThat(List.of(names(refresh), names(continued)))
        .containsExactly(List.of(link("/a")), List.of(link("/a")));
    assertThat(refresh.omissions().unread()).isEmpty();
  }

  private Snapshot crawl(WebSource spec, Optional<Snapshot> before) {
    return crawl(spec, before, Map.of());
  }

  private Snapshot crawl(WebSource spec, Optional<Snapshot> before, Map<String, String> good) {
    var loopback = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128")));
    var fetcher = new WebFetcher(http, loopback);
    return Contents.snapshot(
        new WebPages(spec, OriginHeaders.NONE, fetcher, Contents.LIMITS, good, pace).read(before));
  }

  private static Map<String, String> texts(Snapshot snapshot) {
    return Contents.texts(new Source.Reading.Read(snapshot));
  }

  private static Map<String, String> reasons(Snapshot snapshot) {
    return Contents.reasons(new Source.Reading.Read(snapshot));
  }

  private static Omissions skipped(SkippedFile... files) {
    return new Omissions(List.of(), "", "", files.length, List.of(files), 0);
  }

  private SkippedFile twin(String path, String kept) {
    return new SkippedFile(link(path), "Its text is the document %s.".formatted(link(kept)));
  }

  private static SkippedFile ofOtherHost(String link) {
    return new SkippedFile(link, "It is on another host than the sitemap.");
  }

  private static Map<String, String> digests(Snapshot snapshot) {
    return snapshot.documents().stream()
        .collect(Collectors.toMap(SourceFile::name, file -> file.content().digest()));
  }

  private static List<String> names(Snapshot snapshot) {
    return snapshot.documents().stream().map(document -> document.name()).toList();
  }

  private WebSource urls(String... paths) {
    return new WebSource(
        Stream.of(paths).map(this::link).toList(), null, List.of(), List.of(), null, 0);
  }

  private WebSource sitemap(String path) {
    return new WebSource(List.of(), link(path), List.of(), List.of(), null, 0);
  }

  private String link(String path) {
    return "http://localhost:" + site.getPort() + path;
  }

  private void serve(String path, Function<RecordedRequest, MockResponse> response) {
    pages.put(path, response);
  }

  private MockResponse respond(RecordedRequest request) {
    return pages
        .getOrDefault(
            request.getUrl().encodedPath(), _ -> new MockResponse.Builder().code(404).build())
        .apply(request);
  }

  private void page(String path, String text) {
    serve(path, _ -> response("text/markdown", new Buffer().writeUtf8(text + "\n"), ""));
  }

  private void html(String path, String html) {
    serve(path, _ -> response("text/html; charset=utf-8", new Buffer().writeUtf8(html), ""));
  }

  private void map(String path, String xml) {
    serve(path, _ -> response("application/xml", new Buffer().writeUtf8(xml), ""));
  }

  private static MockResponse redirect(String location) {
    return new MockResponse.Builder().code(302).addHeader("Location", location).build();
  }

  private static MockResponse response(String type, Buffer body, String encoding) {
    var response = new MockResponse.Builder().body(body).addHeader("Content-Type", type);
    if (!encoding.isEmpty()) {
      response.addHeader("Content-Encoding", encoding);
    }
    return response.build();
  }

  private static String urlset(String... links) {
    var urls = new StringBuilder();
    for (var link : links) {
      urls.append("<url><loc>").append(link).append("</loc></url>");
    }
    return "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>" + urls + "</urlset>";
  }

  private static byte[] bytes(String text, boolean compressed) {
    var bytes = new Buffer();
    try (OutputStream out =
        compressed ? new GZIPOutputStream(bytes.outputStream()) : bytes.outputStream()) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.readByteArray();
  }
}
