package ai.okchat.operator.knowledge.source;

import ai.okchat.planning.document.RejectedFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * The state of a reading of web pages that the next fetch continues, because the site asks for a
 * pause or the time of one fetch is over.
 *
 * @param isListed whether the sitemap was read; without it the next fetch begins again
 * @param unread pages that the next fetch requests, in this order
 * @param tries how often a page was requested whose response was a transient failure
 * @param fetched pages that were read, also those that are no document
 * @param rejected pages that were rejected each for itself
 * @param pause how long the next fetch has to wait
 */
record UnfinishedCrawl(
    boolean isListed,
    List<HttpUrl> unread,
    Map<HttpUrl, Integer> tries,
    List<FetchedPage> fetched,
    List<RejectedFile> rejected,
    Duration pause) {

  /** Approximate bytes of a page without its URL, which is there in several forms. */
  private static final int WEIGHT_OF_PAGE = 600;

  UnfinishedCrawl {
    unread = List.copyOf(unread);
    tries = Map.copyOf(tries);
    fetched = List.copyOf(fetched);
    rejected = List.copyOf(rejected);
  }

  /** Returns the approximate bytes in memory. */
  long weight() {
    var unreadBytes =
        unread.stream().mapToLong(url -> WEIGHT_OF_PAGE + 3L * url.toString().length()).sum();
    var rejectedBytes =
        rejected.stream()
            .mapToLong(file -> WEIGHT_OF_PAGE + file.name().length() + file.why().length())
            .sum();
    return unreadBytes + rejectedBytes + (long) WEIGHT_OF_PAGE * fetched.size();
  }
}
