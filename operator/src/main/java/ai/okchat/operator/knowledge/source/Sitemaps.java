package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.OriginHeaders;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import okhttp3.HttpUrl;

/** The pages that a sitemap lists, and those that it leads to; of its own host only. */
final class Sitemaps {

  private static final int MAX_BYTES = 10 * 1024 * 1024;
  private static final int MOST_SITEMAPS = 100;

  private final WebFetcher fetcher;
  private final OriginHeaders credentials;
  private final int mostPages;

  Sitemaps(WebFetcher fetcher, OriginHeaders credentials, int mostPages) {
    this.fetcher = fetcher;
    this.credentials = credentials;
    this.mostPages = mostPages;
  }

  /**
   * All pages, in the order of the sitemap.
   *
   * @throws SourceException if it can not be read whole: a part would have documents removed
   */
  Set<HttpUrl> pages(HttpUrl sitemap) {
    var pages = new LinkedHashSet<HttpUrl>();
    var seen = new HashSet<HttpUrl>();
    var left = new ArrayDeque<HttpUrl>();
    left.add(sitemap);
    while (!left.isEmpty()) {
      var next = left.remove();
      if (!seen.add(next)) {
        continue;
      }
      requireFew(seen.size(), MOST_SITEMAPS, "sitemaps", sitemap);
      collect(fetch(next), sitemap.host(), pages, left);
      requireFew(pages.size(), mostPages, "pages", sitemap);
    }
    return pages;
  }

  private static void collect(
      AbstractSiteMap map, String host, Set<HttpUrl> pages, Queue<HttpUrl> left) {
    switch (map) {
      case SiteMapIndex index ->
          index.getSitemaps().stream()
              .map(it -> HttpUrl.parse(String.valueOf(it.getUrl())))
              .filter(it -> it != null && it.host().equals(host))
              .forEach(left::add);
      case SiteMap list ->
          list.getSiteMapUrls().stream()
              .map(it -> HttpUrl.parse(String.valueOf(it.getUrl())))
              .filter(it -> it != null && it.host().equals(host))
              .forEach(pages::add);
      default -> {}
    }
  }

  private AbstractSiteMap fetch(HttpUrl sitemap) {
    try (var page = fetcher.get(sitemap, WebFetcher.Version.UNKNOWN, credentials)) {
      if (page.status() != 200) {
        throw new SourceException(
            "The sitemap %s is answered with status %d. Name one that is there in spec.web.sitemap."
                .formatted(sitemap, page.status()),
            page.status() >= 500 || page.status() == 429);
      }
      var bytes = page.body().readNBytes(MAX_BYTES + 1);
      requireFew(bytes.length, MAX_BYTES, "bytes", sitemap);
      return new SiteMapParser(false).parseSiteMap(page.mediaType(), bytes, sitemap.url());
    } catch (UnknownFormatException e) {
      throw new SourceException(
          "%s is no sitemap. Name one in spec.web.sitemap.".formatted(sitemap), false);
    } catch (IOException e) {
      throw new SourceException("The sitemap %s can not be read.".formatted(sitemap), true);
    }
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
