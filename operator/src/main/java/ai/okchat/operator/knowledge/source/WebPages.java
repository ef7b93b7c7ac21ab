package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.SecretRef;
import ai.okchat.api.v1alpha1.WebSource;
import ai.okchat.operator.fetch.OriginHeaders;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.document.FileType;
import ai.okchat.operator.knowledge.document.SourceFile;
import ai.okchat.operator.status.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Reads web pages, each a document named by its URL. A page that is unchanged according to the
 * server is copied from the previous reading, and so is a page that currently cannot be reached.
 */
record WebPages(WebSource spec, OriginHeaders credentials, WebFetcher fetcher, ContentLimits limits)
    implements Source {

  private static final String ETAG = "etag ";
  private static final String LAST_MODIFIED = "last-modified ";

  /** {@code spec.web}. */
  record Kind(WebSource spec) implements SourceKind {

    private static final String SECRET = "spec.web.headersSecretRef";

    @Override
    public boolean isRemote() {
      return true;
    }

    @Override
    public Optional<SecretRef> secretRef() {
      return Optional.ofNullable(spec.headersSecretRef());
    }

    @Override
    public Reading read(
        KnowledgeSource source,
        SourceClients clients,
        ContentLimits limits,
        Optional<Snapshot> before) {
      var links = Stream.concat(links(spec).stream(), sitemap(spec).stream()).toList();
      var hosts = links.stream().map(HttpUrl::host).collect(Collectors.toSet());
      var namespace = source.getMetadata().getNamespace();
      return switch (clients.secrets().read(namespace, spec.headersSecretRef(), SECRET, hosts)) {
        case SourceSecrets.Values.Missing(var failure) -> new Reading.Missing(failure);
        case SourceSecrets.Values.Found(var headers) ->
            credentials(links, headers)
                .map(
                    authorized ->
                        new WebPages(spec, authorized, clients.web(), limits).read(before))
                .orElseGet(() -> new Reading.Missing(noHeaders()));
      };
    }

    private static Optional<OriginHeaders> credentials(
        List<HttpUrl> links, Map<String, String> headers) {
      try {
        return Optional.of(OriginHeaders.of(links, headers));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // The exception quotes the value.
      }
    }

    private Failure noHeaders() {
      return Failure.referenceNotFound(
          "The Secret %s of %s has a key or a value that cannot be an HTTP header. Use names such as Authorization as keys, and values on one line."
              .formatted(secretRef().map(SecretRef::name).orElse(""), SECRET));
    }
  }

  /** The state of one reading of all pages. */
  private record Visit(
      DocumentCollector intake,
      Robots robots,
      Optional<Snapshot> before,
      Map<String, SourceFile> known) {}

  @Override
  public Reading read(Optional<Snapshot> before) {
    return new Reading.Read(
        DocumentCollector.read(limits, collector -> visitAll(collector, before)));
  }

  private void visitAll(DocumentCollector collector, Optional<Snapshot> before) throws IOException {
    var known =
        before.stream()
            .flatMap(snapshot -> snapshot.documents().stream())
            .collect(Collectors.toMap(SourceFile::name, Function.identity()));
    var visit = new Visit(collector, new Robots(fetcher, credentials), before, known);
    var unreached = 0;
    var pages = pages(collector);
    for (var page : pages) {
      unreached += visit(visit, page) ? 0 : 1;
    }
    if (unreached > 0 && unreached == pages.size()) {
      throw new SourceException("None of the pages of spec.web can be reached.", true);
    }
  }

  /**
   * Returns the URLs of the pages that the spec names.
   *
   * @throws SourceException if the HTTP client does not accept one of them
   */
  static List<HttpUrl> links(WebSource spec) {
    return IntStream.range(0, spec.urls().size())
        .mapToObj(i -> parsed("spec.web.urls[%d]".formatted(i), spec.urls().get(i)))
        .toList();
  }

  /**
   * Returns the URL of the sitemap, if the spec names one.
   *
   * @throws SourceException if the HTTP client does not accept it
   */
  static Optional<HttpUrl> sitemap(WebSource spec) {
    return Optional.ofNullable(spec.sitemap()).map(link -> parsed("spec.web.sitemap", link));
  }

  private static HttpUrl parsed(String field, String link) {
    var url = HttpUrl.parse(link);
    if (url == null) {
      throw new SourceException(
          "%s is not a link that can be followed. Write one such as https://example.com/prices."
              .formatted(field),
          false);
    }
    return url;
  }

  /**
   * Returns the URLs of the spec, and those of its sitemap that {@code include} and {@code exclude}
   * select.
   */
  private Set<HttpUrl> pages(DocumentCollector collector) {
    var pages = new LinkedHashSet<HttpUrl>();
    links(spec).stream()
        .map(WebPages::withoutFragment)
        .filter(page -> collector.acceptsName(page.toString()))
        .forEach(pages::add);
    var sitemap = sitemap(spec);
    if (sitemap.isPresent()) {
      var globs = Globs.of(spec.include(), spec.exclude());
      new Sitemaps(fetcher, credentials, collector, limits.documents())
          .pages(sitemap.get()).stream()
              .map(WebPages::withoutFragment)
              .filter(page -> collector.acceptsName(page.toString()))
              .filter(page -> globs.match(page.encodedPath()))
              .forEach(pages::add);
    }
    return pages;
  }

  /** Reads a page, and returns whether the server responded. */
  private boolean visit(Visit visit, HttpUrl url) throws IOException {
    visit.intake().requireTime();
    try {
      if (!visit.robots().allow(url)) {
        visit.intake().reject(url.toString(), "The robots.txt of the site does not allow it.");
        return true;
      }
      pause(visit.robots().delay(url));
      try (var page = fetcher.get(url, knownVersion(visit, url), credentials)) {
        return take(visit, url, page);
      }
    } catch (SourceException e) {
      return unreached(visit, url, e);
    }
  }

  private boolean take(Visit visit, HttpUrl url, WebFetcher.Page page) throws IOException {
    var name = url.toString();
    var known = visit.known().get(name);
    if (page.status() == 304 && known != null) {
      visit.intake().keep(known);
      mark(visit, name, knownVersion(visit, url));
      return true;
    }
    if (page.status() >= 500 || page.status() == 429) {
      return unreached(visit, url, badStatus(page, true));
    }
    if (page.status() != 200) {
      return unreached(visit, url, badStatus(page, false));
    }
    if (!page.url().equals(url) && !visit.robots().allow(page.url())) {
      visit.intake().reject(name, "It leads to a page that the robots.txt there does not allow.");
      return true;
    }
    mark(visit, name, page.version());
    takeBody(visit.intake(), name, page);
    return true;
  }

  private static void takeBody(DocumentCollector collector, String name, WebFetcher.Page page)
      throws IOException {
    var type = typeOf(page);
    if (type.isEmpty()) {
      collector.reject(
          name,
          "The type '%s' is not supported. Supported types: pages and %s."
              .formatted(page.mediaType(), DocumentCollector.TYPES));
    } else if (type.get() == FileType.HTML) {
      collector.takePage(
          name,
          page.body().readNBytes(Markdown.MAX_HTML + 1),
          page.charset(),
          page.url().toString());
    } else {
      collector.take(name, type.get(), page.body());
    }
  }

  private static Optional<FileType> typeOf(WebFetcher.Page page) {
    return switch (page.mediaType()) {
      case "text/html", "application/xhtml+xml" -> Optional.of(FileType.HTML);
      case "text/markdown", "text/x-markdown" -> Optional.of(FileType.MARKDOWN);
      case "text/csv" -> Optional.of(FileType.CSV);
      case "application/json" -> Optional.of(FileType.JSON);
      case "application/pdf" -> Optional.of(FileType.PDF);
      case "application/msword" -> Optional.of(FileType.DOC);
      case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ->
          Optional.of(FileType.DOCX);
      case "text/plain" ->
          FileType.ofFileName(page.url().encodedPath()).or(() -> Optional.of(FileType.TEXT));
      case "", "application/octet-stream", "binary/octet-stream" ->
          FileType.ofFileName(page.url().encodedPath());
      default -> Optional.empty();
    };
  }

  /**
   * Copies a page from the previous reading after a transient failure; rejects any other page.
   * Returns whether the failure is permanent.
   */
  private static boolean unreached(Visit visit, HttpUrl url, SourceException why) {
    var name = url.toString();
    var known = visit.known().get(name);
    if (why.isTransient() && known != null) {
      visit.intake().keep(known);
      mark(visit, name, knownVersion(visit, url));
    } else {
      visit.intake().reject(name, why.getMessage() == null ? "" : why.getMessage());
    }
    return !why.isTransient();
  }

  private static SourceException badStatus(WebFetcher.Page page, boolean isTransient) {
    return new SourceException(
        "The server responded with status %d.".formatted(page.status()), isTransient);
  }

  private static WebFetcher.Version knownVersion(Visit visit, HttpUrl url) {
    return visit
        .before()
        .filter(_ -> visit.known().containsKey(url.toString()))
        .map(
            snapshot ->
                new WebFetcher.Version(
                    snapshot.marks().get(ETAG + url), snapshot.marks().get(LAST_MODIFIED + url)))
        .orElse(WebFetcher.Version.UNKNOWN);
  }

  private static void mark(Visit visit, String name, WebFetcher.Version version) {
    if (version.etag() != null) {
      visit.intake().mark(ETAG + name, version.etag());
    }
    if (version.lastModified() != null) {
      visit.intake().mark(LAST_MODIFIED + name, version.lastModified());
    }
  }

  private static void pause(Duration delay) {
    if (delay.isZero()) {
      return;
    }
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException("The operator is stopping.", true);
    }
  }

  private static HttpUrl withoutFragment(HttpUrl url) {
    return url.newBuilder().fragment(null).build();
  }
}
