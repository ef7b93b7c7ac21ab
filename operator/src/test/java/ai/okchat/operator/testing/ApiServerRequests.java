package ai.okchat.operator.testing;

import java.util.regex.Pattern;

/** What the API server's own metrics say of requests for our resources, of whomever they were. */
public final class ApiServerRequests {

  private static final Pattern WRITES =
      Pattern.compile(
          "apiserver_request_total\\{(?=[^}]*group=\"okchat\\.ai\")"
              + "(?=[^}]*verb=\"(?:POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)\")[^}]*} (\\S+)");

  private ApiServerRequests() {}

  /** Since the API server started. */
  public static long writes() {
    return WRITES
        .matcher(SharedCluster.get().metrics())
        .results()
        .mapToLong(it -> (long) Double.parseDouble(it.group(1)))
        .sum();
  }
}
