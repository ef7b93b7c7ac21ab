package ai.okchat.sandbox.dashboard;

import ai.okchat.sandbox.http.ApiError;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests reach the controls, which need no key. Rejects requests that a web page of
 * another site sends through a browser, even if the host name of the site leads to this address.
 */
public final class ControlAccess {

  /** An address cannot be the name of another site. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|\\[[0-9a-f:.]+]");

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private final Set<String> names = new HashSet<>(Set.of("localhost"));

  /** Permits requests to these host names, besides those to the loopback interface. */
  public ControlAccess(Collection<String> names) {
    names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * Checks the headers of a request.
   *
   * @param host header of the request, with the port
   * @param origin of the page that sent the request; null: not sent by a page
   * @throws ApiError if the request is not permitted
   */
  public void require(@Nullable String host, @Nullable String origin) {
    var called = host == null ? "" : host.toLowerCase(Locale.ROOT);
    var name = PORT.matcher(called).replaceFirst("");
    if (!names.contains(name) && !ADDRESS.matcher(name).matches()) {
      throw ApiError.of(
          403, "Host: '%s' is no name of this sandbox; allow it with --allow-host".formatted(name));
    }
    if (origin != null && !origin.toLowerCase(Locale.ROOT).equals("http://" + called)) {
      throw ApiError.of(403, "Origin: a page of another site may not use the controls");
    }
  }
}
