package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.OriginHeaders;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Collects the pages that a sitemap and its child sitemaps list, of its own host only. Bytes and
 * entries are counted before a parser creates objects from them.
 */
final class Sitemaps {

  /** Bytes after decompression. */
  private static final int MAX_BYTES = 10 * 1024 * 1024;

  private static final int MOST_URLS = 50_000;
  private static final int MOST_SITEMAPS = 100;

  private final WebFetcher fetcher;
  private final OriginHeaders credentials;
  private final DocumentCollector collector;
  private final int mostPages;

  /**
   * @param collector has the time limit of the source
   */
  Sitemaps(
      WebFetcher fetcher, OriginHeaders credentials, DocumentCollector collector, int mostPages) {
    this.fetcher = fetcher;
    this.credentials = credentials;
    this.collector = collector;
    this.mostPages = mostPages;
  }

  /**
   * Returns all pages, in the order of the sitemap.
   *
   * @throws SourceException if it cannot be read completely: with a part the operator would remove
   *     documents
   */
  Set<HttpUrl> pages(HttpUrl sitemap) {
    var pages = new LinkedHashSet<HttpUrl>();
    var visited = new HashSet<HttpUrl>();
    var remaining = new ArrayDeque<HttpUrl>();
    remaining.add(sitemap);
    while (!remaining.isEmpty()) {
      var next = remaining.remove();
      if (!visited.add(next)) {
        continue;
      }
      requireFew(visited.size(), MOST_SITEMAPS, "sitemaps", sitemap);
      collector.requireTime();
      collect(fetch(next), sitemap.host(), pages, remaining);
      requireFew(pages.size(), mostPages, "pages", sitemap);
    }
    return pages;
  }

  private static void collect(
      AbstractSiteMap map, String host, Set<HttpUrl> pages, Queue<HttpUrl> remaining) {
    switch (map) {
      case SiteMapIndex index ->
          index.getSitemaps().stream()
              .map(entry -> HttpUrl.parse(String.valueOf(entry.getUrl())))
              .filter(url -> url != null && url.host().equals(host))
              .forEach(remaining::add);
      case SiteMap list ->
          list.getSiteMapUrls().stream()
              .map(entry -> HttpUrl.parse(String.valueOf(entry.getUrl())))
              .filter(url -> url != null && url.host().equals(host))
              .forEach(pages::add);
      default -> {}
    }
  }

  private AbstractSiteMap fetch(HttpUrl sitemap) {
    try (var page = fetcher.get(sitemap, WebFetcher.Version.UNKNOWN, credentials)) {
      if (page.status() != 200) {
        throw new SourceException(
            "The server responded to the sitemap %s with status %d. Name one that exists in spec.web.sitemap."
                .formatted(sitemap, page.status()),
            page.status() >= 500 || page.status() == 429);
      }
      var bytes = read(page.body(), sitemap);
      return isGzip(bytes)
          ? parse(
              null, read(new GZIPInputStream(new ByteArrayInputStream(bytes)), sitemap), sitemap)
          : parse(page.mediaType(), bytes, sitemap);
    } catch (UnknownFormatException e) {
      throw new SourceException(
          "%s is no sitemap. Name one in spec.web.sitemap.".formatted(sitemap), false);
    } catch (IOException e) {
      throw new SourceException("The sitemap %s cannot be read.".formatted(sitemap), true);
    }
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
   * Parses a sitemap.
   *
   * @param mediaType null: detected from the content
   */
  private static AbstractSiteMap parse(@Nullable String mediaType, byte[] bytes, HttpUrl sitemap)
      throws IOException, UnknownFormatException {
    if (mediaType == null && isGzip(bytes)) {
      throw new UnknownFormatException("The sitemap is compressed twice");
    }
    var content = withoutLeadingBlanks(bytes);
    requireFewSitemaps(content, sitemap);
    var urls = new AtomicInteger();
    var parser = new SiteMapParser(false);
    parser.setURLFilter(
        (String url) -> {
          requireFew(urls.incrementAndGet(), MOST_URLS, "URLs", sitemap);
          return url;
        });
    return mediaType == null
        ? parser.parseSiteMap(content, sitemap.url())
        : parser.parseSiteMap(mediaType, content, sitemap.url());
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
    var hasFinalizerOrClaim =
        bytes.length > 2
            && bytes[0] == (byte) 0xef
            && bytes[1] == (byte) 0xbb
            && bytes[2] == (byte) 0xbf;
    var from = hasFinalizerOrClaim ? 3 : 0;
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
