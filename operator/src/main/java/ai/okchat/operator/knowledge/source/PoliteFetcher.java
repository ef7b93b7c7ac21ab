package ai.okchat.operator.knowledge.source;

import ai.okchat.client.RetryAfter;
import ai.okchat.operator.fetch.OriginHeaders;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.fetch.WebFetcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Sends the requests of one fetch, none earlier than its site permits: by the crawl delay of its
 * robots.txt, and by {@code Retry-After}. Short waits occupy the thread of the fetch; a longer one
 * ends the fetch.
 */
final class PoliteFetcher {

  /** How often one address is requested in a reading while its response is a transient failure. */
  static final int MOST_TRIES = 4;

  /** All waits of one fetch together; other sources need its thread. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);
  private static final Duration FIRST_BACKOFF_OF_SITE = Duration.ofSeconds(5);
  private static final Duration PAUSE_OF_SITE = Duration.ofMinutes(1);
  private static final int TRIES_WITHOUT_RETRY_AFTER = 2;
  private static final Set<Integer> TRANSIENT = Set.of(429, 500, 502, 503, 504);

  private final WebFetcher fetcher;
  private final OriginHeaders credentials;
  private final Duration time;
  private final Pace pace;
  private final Duration start;
  private final Map<String, Hold> holds = new HashMap<>();
  private final Map<String, Integer> refusals = new HashMap<>();
  private Duration waited = Duration.ZERO;

  /**
   * A wait of an address or of all addresses of a host.
   *
   * @param until by the time of the pace
   */
  private record Hold(Duration until, String why) {}

  /** Measures and spends time. */
  interface Pace {

    Pace SYSTEM =
        new Pace() {
          @Override
          public Duration time() {
            return Duration.ofNanos(System.nanoTime());
          }

          @Override
          public Instant now() {
            return Instant.now();
          }

          @Override
          public void sleep(Duration wait) throws InterruptedException {
            Thread.sleep(wait);
          }
        };

    /** Returns the time since a fixed but arbitrary moment. */
    Duration time();

    /** Returns the time of day. */
    Instant now();

    void sleep(Duration wait) throws InterruptedException;
  }

  /** The fetch has to end, and the next one continues after a wait. */
  static final class PauseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;
    private final String why;

    private PauseException(Duration wait, String why) {
      super(why);
      this.wait = wait;
      this.why = why;
    }

    Duration pause() {
      return wait;
    }

    /** Returns what the reading waits for, in two sentences. */
    String why() {
      return why;
    }
  }

  /**
   * @param time limit of one fetch
   */
  PoliteFetcher(WebFetcher fetcher, OriginHeaders credentials, Duration time, Pace pace) {
    this.fetcher = fetcher;
    this.credentials = credentials;
    this.time = time;
    this.pace = pace;
    this.start = pace.time();
  }

  /** Returns whether the same request may have another response soon. */
  static boolean isTransient(int status) {
    return TRANSIENT.contains(status);
  }

  /**
   * Fetches a page when its site permits.
   *
   * @throws PauseException if that is too late for this fetch
   */
  WebFetcher.Page get(HttpUrl url, WebFetcher.Version known) {
    await(url);
    var page = fetcher.get(url, known, credentials);
    recordRefusal(url.host(), page);
    return page;
  }

  /** Fetches a page that the reading cannot do without: tries again after a transient failure. */
  WebFetcher.Page getPatiently(HttpUrl url) {
    for (var tries = 1; ; tries++) {
      var page = get(url, WebFetcher.Version.UNKNOWN);
      var most = page.retryAfter() == null ? TRIES_WITHOUT_RETRY_AFTER : MOST_TRIES;
      if (!isTransient(page.status()) || tries >= most) {
        return page;
      }
      page.close();
      delayRetry(url, tries);
    }
  }

  /** Delays the next request for a page whose response was a transient failure. */
  void delayRetry(HttpUrl url, int tries) {
    hold(url.toString(), backoff(FIRST_BACKOFF, tries), failing(url.host()));
  }

  /** Delays the next page of a site. */
  void delay(HttpUrl page, Duration delay) {
    if (delay.isPositive()) {
      hold(
          page.host(),
          delay,
          "The robots.txt of %s asks for %s between two pages (Crawl-delay), so the operator reads the source in several fetches. No user action is required."
              .formatted(page.host(), text(delay)));
    }
  }

  /**
   * Checks the time limit of the fetch.
   *
   * @throws PauseException if it has passed
   */
  void requireTime() {
    if (pace.time().minus(start).compareTo(time) > 0) {
      throw new PauseException(
          Duration.ZERO,
          "The source takes longer than %d minutes to read, so the operator reads it in several fetches. Narrow include if it has pages that are no documents."
              .formatted(time.toMinutes()));
    }
  }

  /** Records that the site limits the rate of requests: all its pages wait. */
  private void recordRefusal(String host, WebFetcher.Page page) {
    var asked =
        isTransient(page.status())
            ? RetryAfter.parse(page.retryAfter(), pace.now())
            : Optional.<Duration>empty();
    if (asked.isEmpty() && page.status() != 429) {
      refusals.remove(host);
      return;
    }
    var count = refusals.merge(host, 1, Integer::sum);
    hold(host, asked.orElseGet(() -> backoff(FIRST_BACKOFF_OF_SITE, count)), failing(host));
  }

  /** Returns a pause for a site that does not respond now, although it did before. */
  static PauseException pauseOf(String host) {
    return new PauseException(PAUSE_OF_SITE, failing(host));
  }

  private static String failing(String host) {
    return "The site %s limits requests or is overloaded (status 429 or 5xx), so the operator requests the remaining pages when the site permits. No user action is required."
        .formatted(host);
  }

  private static Duration backoff(Duration first, int count) {
    return first.multipliedBy(1L << Math.min(count - 1, 6));
  }

  private void hold(String what, Duration wait, String why) {
    var until = pace.time().plus(wait);
    var before = holds.get(what);
    if (before == null || before.until().compareTo(until) < 0) {
      holds.put(what, new Hold(until, why));
    }
  }

  private void await(HttpUrl url) {
    var now = pace.time();
    var hold =
        Stream.of(url.host(), url.toString())
            .map(holds::get)
            .filter(Objects::nonNull)
            .filter(held -> held.until().compareTo(now) > 0)
            .max(Comparator.comparing(Hold::until));
    if (hold.isPresent()) {
      await(hold.get().until().minus(now), hold.get().why());
    }
  }

  private void await(Duration wait, String why) {
    if (waited.plus(wait).compareTo(LONGEST_WAIT) > 0) {
      throw new PauseException(wait, why);
    }
    waited = waited.plus(wait);
    try {
      pace.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException("The operator is stopping.", true);
    }
  }

  private static String text(Duration delay) {
    return delay.toMillisPart() == 0
        ? delay.toSeconds() + " seconds"
        : delay.toMillis() + " milliseconds";
  }
}
