package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.OriginHeaders;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/** What the robots.txt of each site allows, asked once for each reading of a source (RFC 9309). */
final class Robots {

  private static final int MAX_BYTES = 512 * 1024;
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  /** Of the sites that were asked last; a file at the limit has tens of thousands of rules. */
  private static final int KEPT_RULES = 8;

  private final WebFetcher fetcher;
  private final OriginHeaders credentials;
  private final Map<HttpUrl, BaseRobotRules> rules =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HttpUrl, BaseRobotRules> eldest) {
          return size() > KEPT_RULES;
        }
      };

  private final Map<HttpUrl, SourceException> unreached = new HashMap<>();

  Robots(WebFetcher fetcher, OriginHeaders credentials) {
    this.fetcher = fetcher;
    this.credentials = credentials;
  }

  /**
   * Whether the page may be fetched.
   *
   * @throws SourceException if the site can not be reached
   */
  boolean allow(HttpUrl page) {
    return rulesFor(page).isAllowed(page.toString());
  }

  /** What the site asks to leave between two pages, within reason. */
  Duration delay(HttpUrl page) {
    var delay = rulesFor(page).getCrawlDelay();
    return delay == BaseRobotRules.UNSET_CRAWL_DELAY
        ? Duration.ZERO
        : Duration.ofMillis(Math.min(delay, LONGEST_DELAY.toMillis()));
  }

  /** A site that does not answer once is not asked again for each of its pages. */
  private BaseRobotRules rulesFor(HttpUrl page) {
    var robots = page.newBuilder().encodedPath("/robots.txt").query(null).fragment(null).build();
    var failure = unreached.get(robots);
    if (failure != null) {
      throw failure;
    }
    try {
      return rules.computeIfAbsent(robots, this::fetch);
    } catch (SourceException e) {
      unreached.put(robots, e);
      throw e;
    }
  }

  /** No such file allows everything; a site in trouble allows nothing for now. */
  private BaseRobotRules fetch(HttpUrl robots) {
    try (var page = fetcher.get(robots, WebFetcher.Version.UNKNOWN, credentials)) {
      if (page.status() >= 500 || page.status() == 429) {
        throw new SourceException(
            "The robots.txt of %s is answered with status %d."
                .formatted(robots.host(), page.status()),
            true);
      }
      if (page.status() != 200) {
        return new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
      }
      return new SimpleRobotRulesParser()
          .parseContent(
              robots.toString(),
              page.body().readNBytes(MAX_BYTES),
              "text/plain",
              List.of(WebFetcher.userAgent()));
    } catch (IOException e) {
      throw new SourceException(
          "The robots.txt of %s can not be read.".formatted(robots.host()), true);
    }
  }
}
