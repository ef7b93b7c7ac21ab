package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.WebSource;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.SourceFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One fetch of the pages of a source. A page that is unchanged according to the server is copied
 * from the previous reading, and so is a page that currently cannot be reached. If the site asks
 * for a pause, the next fetch continues with the pages that remain.
 */
final class WebCrawl {

  private static final String ETAG = "etag ";
  private static final String LAST_MODIFIED = "last-modified ";
  private static final String GOOD = "good ";
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private final WebSource spec;
  private final PoliteFetcher fetcher;
  private final Robots robots;
  private final DocumentCollector collector;
  private final int mostPages;
  private final Map<String, String> good;
  private final Optional<Snapshot> before;
  private final Map<String, SourceFile> known;
  private final SequencedSet<HttpUrl> unread = new LinkedHashSet<>();
  private final Map<HttpUrl, Integer> tries = new HashMap<>();
  private final List<FetchedPage> fetched = new ArrayList<>();
  private String leftOut = "";
  private boolean isListed;
  private boolean isReached;
  private boolean isResumed;

  /**
   * @param mostPages limit of the pages of a sitemap
   * @param good digests of documents that were good before this process started, by URL
   * @param before previous reading; its pages are copied if they did not change
   */
  WebCrawl(
      WebSource spec,
      PoliteFetcher fetcher,
      DocumentCollector collector,
      int mostPages,
      Map<String, String> good,
      Optional<Snapshot> before) {
    this.spec = spec;
    this.fetcher = fetcher;
    this.robots = new Robots(fetcher);
    this.collector = collector;
    this.mostPages = mostPages;
    this.good = good;
    this.before = before;
    this.known =
        before.stream()
            .flatMap(snapshot -> snapshot.documents().stream())
            .collect(Collectors.toMap(SourceFile::name, Function.identity()));
  }

  /**
   * Reads the pages until all are read or a pause is due.
   *
   * @throws SourceException if no page of a site can be reached
   */
  void run() throws IOException {
    try {
      var rest = before.flatMap(Snapshot::rest).filter(UnfinishedCrawl::isListed);
      if (before.isPresent() && rest.isPresent()) {
        resume(before.get(), rest.get());
      } else {
        list();
      }
      visitAll();
      compare(List.of());
      collector.omit(new Omissions(List.of(), "", leftOut), null);
    } catch (PoliteFetcher.PauseException pause) {
      pause(pause);
    }
  }

  private void list() {
    WebPages.links(spec).stream()
        .map(WebCrawl::withoutFragment)
        .filter(page -> collector.acceptsName(page.toString()))
        .forEach(unread::add);
    var sitemap = WebPages.sitemap(spec);
    if (sitemap.isPresent()) {
      var globs = SourceGlobs.of(decoded(spec.include()), decoded(spec.exclude()));
      var listed =
          new Sitemaps(fetcher, collector, page -> globs.match(PageAddress.path(page)), mostPages)
              .list(sitemap.get());
      unread.addAll(listed.pages());
      leftOut = listed.omissions().leftOut();
      collector.skipAll(listed.omissions());
    }
    isListed = true;
  }

  private static List<String> decoded(List<String> globs) {
    return globs.stream()
        .map(
            glob -> {
              try {
                return URLDecoder.decode(glob.replace("+", "%2B"), StandardCharsets.UTF_8);
              } catch (IllegalArgumentException e) {
                return glob; // Its percent sign is no code.
              }
            })
        .toList();
  }

  /** Takes over the pages that the previous fetches of this reading have read. */
  private void resume(Snapshot earlier, UnfinishedCrawl rest) {
    isListed = true;
    isResumed = true;
    isReached = !rest.fetched().isEmpty() || !rest.rejected().isEmpty();
    leftOut = earlier.omissions().leftOut();
    unread.addAll(rest.unread());
    tries.putAll(rest.tries());
    fetched.addAll(rest.fetched());
    rest.rejected().forEach(collector::reject);
    collector.skipAll(earlier.omissions());
    for (var page : rest.fetched()) {
      var document = known.get(page.name().toString());
      if (document != null) {
        collector.keep(document);
        mark(document.name(), knownVersion(page.name()));
      }
    }
  }

  private void visitAll() throws IOException {
    var visited = 0;
    for (; !unread.isEmpty(); visited++) {
      fetcher.requireTime();
      var page = unread.getFirst();
      var isDone = visit(page);
      unread.remove(page);
      if (!isDone) {
        unread.addLast(page);
      }
    }
    if (!isReached && visited > 0) {
      throw new SourceException("None of the pages of spec.web can be reached.", true);
    }
  }

  /** Reads a page; returns whether it is done, and false if it has to be requested again. */
  private boolean visit(HttpUrl url) throws IOException {
    try {
      if (!isAllowed(url)) {
        reject(url, "The robots.txt of the site does not allow it.");
        return true;
      }
      try (var page = fetcher.get(url, knownVersion(url))) {
        fetcher.delay(url, robots.delay(url));
        return take(url, page);
      }
    } catch (SourceException e) {
      unreached(url, e);
      return true;
    }
  }

  /**
   * Returns whether robots.txt allows the page. If a later fetch of a reading cannot read it, the
   * reading waits: the site responded before.
   */
  private boolean isAllowed(HttpUrl url) {
    try {
      return robots.allow(url);
    } catch (SourceException e) {
      var site = url.newBuilder().encodedPath("/").query(null).build();
      if (isResumed
          && e.isTransient()
          && tries.merge(site, 1, Integer::sum) < PoliteFetcher.MOST_TRIES) {
        throw PoliteFetcher.pauseOf(url.host());
      }
      throw e;
    }
  }

  private boolean take(HttpUrl url, WebFetcher.Page page) throws IOException {
    var document = known.get(url.toString());
    if (page.status() == 304 && document != null) {
      keep(url, document);
      isReached = true;
    } else if (page.status() >= 500 || page.status() == 429) {
      return refused(url, page.status());
    } else if (page.status() != 200) {
      unreached(url, badStatus(page.status(), false));
    } else if (!page.url().equals(url) && !robots.allow(page.url())) {
      reject(
          url,
          "It leads to %s, which the robots.txt there does not allow."
              .formatted(PageAddress.withoutQuery(page.url())));
    } else {
      takeBody(url, page);
      mark(url.toString(), page.version());
      isReached = true;
    }
    return true;
  }

  /** Requests the page again after the others, but not forever. */
  private boolean refused(HttpUrl url, int status) {
    var count = tries.merge(url, 1, Integer::sum);
    if (PoliteFetcher.isTransient(status) && count < PoliteFetcher.MOST_TRIES) {
      fetcher.delayRetry(url, count);
      return false;
    }
    unreached(url, badStatus(status, true));
    return true;
  }

  private void takeBody(HttpUrl url, WebFetcher.Page page) throws IOException {
    var type = WebPages.typeOf(page);
    if (type.isEmpty()) {
      collector.reject(
          url.toString(),
          "The type '%s' is not supported. Supported types: pages and %s."
              .formatted(page.mediaType(), DocumentCollector.TYPES));
    } else if (type.get() == FileType.HTML) {
      var html = page.body().readNBytes(Markdown.MAX_HTML + 1);
      var head = PageHead.of(html, page.charset(), page.url());
      collector.takePage(url.toString(), html, page.charset(), page.url().toString());
      record(url, page, head);
    } else {
      collector.take(url.toString(), type.get(), page.body());
      record(url, page, new PageHead(null, false));
    }
  }

  private void record(HttpUrl url, WebFetcher.Page page, PageHead head) {
    fetched.add(
        new FetchedPage(
            url,
            page.url(),
            head.canonical(),
            head.hasPasswordField(),
            good(url.toString()),
            null));
  }

  /** Copies a page from the previous reading after a transient failure; rejects any other page. */
  private void unreached(HttpUrl url, SourceException why) {
    var document = known.get(url.toString());
    if (why.isTransient() && document != null) {
      keep(url, document);
    } else {
      collector.rejectUnavailable(url.toString(), why.getMessage() == null ? "" : why.getMessage());
      isReached |= !why.isTransient();
    }
  }

  private void keep(HttpUrl url, SourceFile document) {
    collector.keep(document);
    mark(document.name(), knownVersion(url));
    fetched.add(FetchedPage.unchanged(url, document.content().digest()));
  }

  private void reject(HttpUrl url, String why) {
    collector.rejectUnavailable(url.toString(), why);
    isReached = true;
  }

  /** Ends this fetch; pages that remain stay as they were until the next one. */
  private void pause(PoliteFetcher.PauseException pause) {
    var rejected = collector.rejected();
    if (!isListed) {
      before.ifPresent(this::keepAll);
    }
    var kept = isListed ? keepUnread() : List.<FetchedPage>of();
    var facts = compare(kept);
    collector.omit(
        new Omissions(unreadNames(), pause.why(), leftOut),
        new UnfinishedCrawl(
            isListed,
            List.copyOf(unread),
            tries,
            facts,
            rejected,
            pause.pause().compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause.pause()));
  }

  /** Copies the previous reading, because the sitemap could not be read yet. */
  private void keepAll(Snapshot snapshot) {
    var rejected =
        collector.rejected().stream().map(RejectedFile::name).collect(Collectors.toSet());
    snapshot.documents().forEach(collector::keep);
    snapshot.unusable().stream()
        .filter(file -> !rejected.contains(file.name()))
        .forEach(collector::reject);
    collector.skipAll(snapshot.omissions());
    snapshot.marks().forEach(collector::mark);
  }

  private List<FetchedPage> keepUnread() {
    var kept = new ArrayList<FetchedPage>();
    for (var page : unread) {
      var document = known.get(page.toString());
      if (document != null) {
        collector.keep(document);
        mark(document.name(), knownVersion(page));
        kept.add(FetchedPage.unchanged(page, document.content().digest()));
      } else {
        markGood(page.toString());
      }
    }
    return kept;
  }

  private List<String> unreadNames() {
    if (isListed) {
      return unread.stream()
          .map(HttpUrl::toString)
          .filter(name -> !known.containsKey(name))
          .toList();
    }
    return known.isEmpty()
        ? WebPages.sitemap(spec).map(HttpUrl::toString).stream().toList()
        : List.of();
  }

  /**
   * Compares all pages, excludes those that are no documents of their own, and returns the facts
   * that the next fetch needs.
   *
   * @param unreadButKept pages that this fetch did not read
   */
  private List<FetchedPage> compare(List<FetchedPage> unreadButKept) {
    var digests =
        collector.documents().stream()
            .collect(Collectors.toMap(SourceFile::name, file -> file.content().digest()));
    var facts =
        fetched.stream()
            .map(
                page -> {
                  var digest = digests.get(page.name().toString());
                  return digest == null ? page : page.withDigest(digest);
                })
            .toList();
    var verdicts = PageVerdicts.of(Stream.concat(facts.stream(), unreadButKept.stream()).toList());
    collector.withdraw(verdicts.rejected().keySet());
    collector.withdraw(verdicts.twins().keySet());
    verdicts
        .twins()
        .forEach(
            (name, kept) -> collector.skip(name, "Its text is the document %s.".formatted(kept)));
    var alreadyRejected =
        collector.rejected().stream().map(RejectedFile::name).collect(Collectors.toSet());
    verdicts
        .rejected()
        .forEach(
            (name, why) -> {
              if (!alreadyRejected.contains(name)) {
                collector.rejectUnavailable(name, why);
              }
            });
    collector.rejected().forEach(file -> markGood(file.name()));
    return facts.stream()
        .filter(page -> !verdicts.twins().containsKey(page.name().toString()))
        .toList();
  }

  /**
   * Returns the digest of the last good document of a page; null if there was none. A document that
   * is failed since has an unknown digest, which differs from any other.
   */
  private @Nullable String good(String name) {
    var document = known.get(name);
    if (document != null) {
      return document.content().digest();
    }
    var marked = before.isPresent() ? before.get().marks().get(GOOD + name) : null;
    return marked == null ? good.get(name) : marked;
  }

  private void markGood(String name) {
    var digest = good(name);
    if (digest != null) {
      collector.mark(GOOD + name, digest);
    }
  }

  private WebFetcher.Version knownVersion(HttpUrl url) {
    return before
        .filter(_ -> known.containsKey(url.toString()))
        .map(
            snapshot ->
                new WebFetcher.Version(
                    snapshot.marks().get(ETAG + url), snapshot.marks().get(LAST_MODIFIED + url)))
        .orElse(WebFetcher.Version.UNKNOWN);
  }

  private void mark(String name, WebFetcher.Version version) {
    if (version.etag() != null) {
      collector.mark(ETAG + name, version.etag());
    }
    if (version.lastModified() != null) {
      collector.mark(LAST_MODIFIED + name, version.lastModified());
    }
  }

  private static SourceException badStatus(int status, boolean isTransient) {
    return new SourceException(
        "The server responded with status %d.".formatted(status), isTransient);
  }

  private static HttpUrl withoutFragment(HttpUrl url) {
    return url.newBuilder().fragment(null).build();
  }
}
