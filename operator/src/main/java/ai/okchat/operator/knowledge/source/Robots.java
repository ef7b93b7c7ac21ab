package ai.okchat.operator.knowledge.source;

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

/** Reads the robots.txt of each site, once for each reading of a source (RFC 9309). */
final class Robots {

  private static final int MAX_BYTES = 512 * 1024;
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);
  private static final int LOGGED_WARNINGS = 5;

  /** Sites whose rules are kept; a file at the limit has tens of thousands of rules. */
  private static final int KEPT_RULES = 8;

  private final PoliteFetcher fetcher;
  private final Map<HttpUrl, BaseRobotRules> rules =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HttpUrl, BaseRobotRules> eldest) {
          return size() > KEPT_RULES;
        }
      };

  private final Map<HttpUrl, SourceException> unreached = new HashMap<>();

  Robots(PoliteFetcher fetcher) {
    this.fetcher = fetcher;
  }

  /**
   * Returns whether the page may be fetched.
   *
   * @throws SourceException if the site cannot be reached
   */
  boolean allow(HttpUrl page) {
    return rulesFor(page).isAllowed(page.toString());
  }

  /** Returns the delay between two pages that the site requests, at most one hour. */
  Duration delay(HttpUrl page) {
    var delay = rulesFor(page).getCrawlDelay();
    return delay == BaseRobotRules.UNSET_CRAWL_DELAY
        ? Duration.ZERO
        : Duration.ofMillis(Math.min(delay, LONGEST_DELAY.toMillis()));
  }

  /**
   * Returns the rules of the site; the operator does not send a failed request again for each page.
   */
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

  /**
   * Fetches the rules: a missing file allows everything, and an error of the server allows nothing
   * for now.
   */
  private BaseRobotRules fetch(HttpUrl robots) {
    try (var page = fetcher.getPatiently(robots)) {
      if (page.status() >= 500 || page.status() == 429) {
        throw new SourceException(
            "The server responded to the robots.txt of %s with status %d."
                .formatted(robots.host(), page.status()),
            true);
      }
      if (page.status() != 200) {
        return new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
      }
      // By default, the parser forbids all pages of a site whose delay is above five minutes.
      return new SimpleRobotRulesParser(Long.MAX_VALUE, LOGGED_WARNINGS)
          .parseContent(
              robots.toString(),
              page.body().readNBytes(MAX_BYTES),
              "text/plain",
              List.of(WebFetcher.userAgent()));
    } catch (IOException e) {
      throw new SourceException(
          "The robots.txt of %s cannot be read.".formatted(robots.host()), true);
    }
  }
}
