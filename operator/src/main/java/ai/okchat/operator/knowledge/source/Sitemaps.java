package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.status.Messages;
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.SkippedFile;
import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.SiteMapURL;
import crawlercommons.sitemaps.UnknownFormatException;
import crawlercommons.sitemaps.extension.Extension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Collects the pages that a sitemap and its child sitemaps list, of its own host only: the host
 * that the source names, and the one to which it redirects. Bytes and entries are counted before a
 * parser creates objects from them.
 */
final class Sitemaps {

  /** Bytes after decompression. */
  private static final int MAX_BYTES = 10 * 1024 * 1024;

  private static final int MOST_URLS = 50_000;
  private static final int MOST_SITEMAPS = 100;

  /** Names of other hosts in the message about them. */
  private static final int MOST_HOSTS = 3;

  private static final String OF_OTHER_HOST = "It is on another host than the sitemap.";

  private final PoliteFetcher fetcher;
  private final DocumentCollector collector;
  private final Predicate<HttpUrl> included;
  private final int mostPages;
  private final Set<String> hosts = new HashSet<>();
  private final Set<HttpUrl> pages = new LinkedHashSet<>();
  private final Set<HttpUrl> rejected = new HashSet<>();
  private final Queue<HttpUrl> remaining = new ArrayDeque<>();
  private final Set<String> otherHosts = new TreeSet<>();
  private final List<SkippedFile> linksToOthers = new ArrayList<>();
  private int ofOtherHosts;

  /**
   * The pages of the sitemap, in its order.
   *
   * @param omissions links that lead to other hosts
   */
  record Listed(Set<HttpUrl> pages, Omissions omissions) {}

  /**
   * @param collector has the time limit of the source
   * @param included whether a page may be a document; the others do not count
   */
  Sitemaps(
      PoliteFetcher fetcher,
      DocumentCollector collector,
      Predicate<HttpUrl> included,
      int mostPages) {
    this.fetcher = fetcher;
    this.collector = collector;
    this.included = included;
    this.mostPages = mostPages;
  }

  /**
   * Lists all pages.
   *
   * @throws SourceException if the sitemap cannot be read completely: with a part the operator
   *     would remove documents
   */
  Listed list(HttpUrl sitemap) {
    hosts.add(sitemap.host());
    var visited = new HashSet<HttpUrl>();
    remaining.add(sitemap);
    while (!remaining.isEmpty()) {
      var next = remaining.remove();
      if (!visited.add(next)) {
        continue;
      }
      requireFew(visited.size(), MOST_SITEMAPS, "sitemaps", sitemap);
      collector.requireTime();
      read(next);
      requireFew(pages.size(), mostPages, "pages", sitemap);
    }
    return new Listed(
        pages, new Omissions(List.of(), "", leftOut(), ofOtherHosts, linksToOthers, 0));
  }

  private void read(HttpUrl sitemap) {
    switch (fetch(sitemap)) {
      case SiteMapIndex index ->
          index.getSitemaps().stream()
              .map(AbstractSiteMap::getUrl)
              .flatMap(url -> ofThisHost(url).stream())
              .forEach(remaining::add);
      case SiteMap list ->
          list.getSiteMapUrls().stream()
              .map(SiteMapURL::getUrl)
              .flatMap(url -> ofThisHost(url).stream())
              .map(url -> url.newBuilder().fragment(null).build())
              .filter(this::isAccepted)
              .filter(included)
              .forEach(pages::add);
      default -> {}
    }
  }

  private boolean isAccepted(HttpUrl page) {
    if (rejected.contains(page)) {
      return false;
    }
    var isAccepted = collector.acceptsName(page.toString());
    if (!isAccepted) {
      rejected.add(page);
    }
    return isAccepted;
  }

  /** Returns the link if it leads to the host of the sitemap; counts it otherwise. */
  private Optional<HttpUrl> ofThisHost(@Nullable URL link) {
    var url = HttpUrl.parse(String.valueOf(link));
    if (url == null) {
      return Optional.empty();
    }
    if (hosts.contains(url.host())) {
      return Optional.of(url);
    }
    if (ofOtherHosts++ < Omissions.MOST_SKIPPED) {
      linksToOthers.add(
          new SkippedFile(
              Messages.shortened(url.toString(), DocumentCollector.MAX_NAME_BYTES), OF_OTHER_HOST));
    }
    if (otherHosts.size() <= MOST_HOSTS) {
      otherHosts.add(url.host());
    }
    return Optional.empty();
  }

  private String leftOut() {
    if (ofOtherHosts == 0) {
      return "";
    }
    var shown = otherHosts.stream().limit(MOST_HOSTS).collect(Collectors.joining(", "));
    return "Links of the sitemap to other hosts are not read (%d, to %s). List such pages in spec.web.urls, or name a sitemap of that host in spec.web.sitemap."
        .formatted(ofOtherHosts, otherHosts.size() > MOST_HOSTS ? shown + " and others" : shown);
  }

  private AbstractSiteMap fetch(HttpUrl sitemap) {
    try (var page = fetcher.getPatiently(sitemap)) {
      if (page.status() != 200) {
        throw new SourceException(
            "The server responded to the sitemap %s with status %d. Name one that exists in spec.web.sitemap."
                .formatted(sitemap, page.status()),
            page.status() >= 500 || page.status() == 429);
      }
      hosts.add(page.url().host());
      return parse(uncompressed(read(page.body(), sitemap), sitemap), page.url());
    } catch (UnknownFormatException e) {
      throw new SourceException(
          "%s is no sitemap. Name one in spec.web.sitemap.".formatted(sitemap), false);
    } catch (IOException e) {
      throw new SourceException("The sitemap %s cannot be read.".formatted(sitemap), true);
    }
  }

  private static byte[] uncompressed(byte[] bytes, HttpUrl sitemap)
      throws IOException, UnknownFormatException {
    if (!isGzip(bytes)) {
      return bytes;
    }
    var once = read(new GZIPInputStream(new ByteArrayInputStream(bytes)), sitemap);
    if (isGzip(once)) {
      throw new UnknownFormatException("The sitemap is compressed twice");
    }
    return once;
  }

  private static byte[] read(InputStream stream, HttpUrl sitemap) throws IOException {
    var bytes = stream.readNBytes(MAX_BYTES + 1);
    requireFew(bytes.length, MAX_BYTES, "bytes", sitemap);
    return bytes;
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
  }

  /**
   * Parses a sitemap. Its bytes decide about the format: many servers report a wrong media type.
   *
   * @param url after redirects; links without a host are resolved against it
   */
  private static AbstractSiteMap parse(byte[] bytes, HttpUrl url)
      throws IOException, UnknownFormatException {
    var content = withoutLeadingBlanks(bytes);
    var isXml = isXml(content);
    requireFewSitemaps(content, url);
    var links = new HashSet<String>();
    var parser = new SiteMapParser(false);
    // Otherwise the parser takes the addresses of images for pages.
    parser.enableExtension(Extension.IMAGE);
    parser.setURLFilter(
        (String link) -> {
          var resolved = isXml || isLink(link) ? url.resolve(link.strip()) : null;
          if (resolved == null) {
            return null;
          }
          links.add(link);
          requireFew(links.size(), MOST_URLS, "URLs", url);
          return resolved.toString();
        });
    var map = parser.parseSiteMap(isXml ? "application/xml" : "text/plain", content, url.url());
    if (!isXml && links.isEmpty()) {
      throw new UnknownFormatException("The text has no link");
    }
    return map;
  }

  /** Returns whether a line of a text is a link rather than a sentence. */
  private static boolean isLink(String line) {
    var text = line.strip();
    return text.startsWith("/") || text.startsWith("http://") || text.startsWith("https://");
  }

  /** Returns whether the content begins as XML does, in UTF-8 or UTF-16. */
  private static boolean isXml(byte[] content) {
    var first = content.length == 0 ? 0 : content[0];
    return first == '<' || first == (byte) 0xfe || first == (byte) 0xff;
  }

  /**
   * Counts the entries of an index: the sitemap parser keeps all of them, and has no hook to count
   * them.
   */
  private static void requireFewSitemaps(byte[] xml, HttpUrl sitemap) throws IOException {
    try {
      var factory = SAXParserFactory.newNSInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory
          .newSAXParser()
          .parse(
              new ByteArrayInputStream(xml),
              new DefaultHandler() {
                private int sitemaps;

                @Override
                public void startElement(String uri, String name, String prefixed, Attributes all) {
                  sitemaps += name.equals("sitemap") ? 1 : 0;
                  requireFew(sitemaps, MOST_URLS, "sitemaps", sitemap);
                }
              });
    } catch (SAXException e) {
      // Not XML, or only its beginning: the sitemap parser reads no further either.
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The XML parser does not support a required feature", e);
    }
  }

  private static byte[] withoutLeadingBlanks(byte[] bytes) {
    var hasMark =
        bytes.length > 2
            && bytes[0] == (byte) 0xef
            && bytes[1] == (byte) 0xbb
            && bytes[2] == (byte) 0xbf;
    var from = hasMark ? 3 : 0;
    while (from < bytes.length && bytes[from] >= 0 && bytes[from] <= ' ') {
      from++;
    }
    return from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static void requireFew(int number, int most, String what, HttpUrl sitemap) {
    if (number > most) {
      throw new SourceException(
          "The sitemap %s has more than %d %s, which is the limit. Name a smaller one in spec.web.sitemap."
              .formatted(sitemap, most, what),
          false);
    }
  }
}
