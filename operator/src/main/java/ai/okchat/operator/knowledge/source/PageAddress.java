package ai.okchat.operator.knowledge.source;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Compares the addresses of web pages. Pure. */
final class PageAddress {

  private static final Set<String> LOGIN_PARTS =
      Set.of(
          "login",
          "logon",
          "signin",
          "sso",
          "oauth",
          "oauth2",
          "saml",
          "saml2",
          "authorize",
          "로그인");

  private static final Set<String> TRACKING =
      Set.of("gclid", "fbclid", "msclkid", "mc_cid", "mc_eid", "igshid", "_ga", "_gl", "yclid");

  private PageAddress() {}

  /**
   * Returns what remains of an address without the ways in which sites spell one and the same page:
   * scheme, slash at the end, {@code index.html}, {@code .html}, and parameters that only track
   * visitors.
   */
  static String spelling(HttpUrl url) {
    var path = url.encodedPath();
    for (var end : new String[] {"index.html", "index.htm", ".html", ".htm", "/"}) {
      path = withoutEnd(path, end);
    }
    var port = url.port() == HttpUrl.defaultPort(url.scheme()) ? "" : ":" + url.port();
    return url.host() + port + path + query(url, null);
  }

  /**
   * Returns the address to which several pages may lead. A login page gets the address of the page
   * in a parameter, so that the rest is the same for all pages.
   */
  static String destination(HttpUrl page, HttpUrl target) {
    return isLogin(target)
        ? target.host() + target.encodedPath()
        : target.host() + target.encodedPath() + query(target, page);
  }

  /** Returns whether a redirect leads from the page to another one. */
  static boolean isElsewhere(HttpUrl page, HttpUrl target) {
    return !page.equals(target) && !spelling(page).equals(spelling(target));
  }

  /** Returns whether a part of the path is the usual name of a login page. */
  static boolean isLogin(HttpUrl url) {
    return url.pathSegments().stream()
        .map(part -> withoutEnd(withoutEnd(part.toLowerCase(Locale.ROOT), ".html"), ".php"))
        .map(part -> part.replace("-", "").replace("_", ""))
        .anyMatch(LOGIN_PARTS::contains);
  }

  /** Returns whether a parameter of the target brings visitors back to the page. */
  static boolean leadsBack(HttpUrl page, HttpUrl target) {
    for (var i = 0; i < target.querySize(); i++) {
      if (isReturn(page, target.queryParameterValue(i))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the path as people write it: a sitemap has the letters of Hangul percent-encoded. */
  static String path(HttpUrl page) {
    return "/" + String.join("/", page.pathSegments());
  }

  /** Returns the address for a message: a parameter may be a secret. */
  static String withoutQuery(HttpUrl url) {
    return url.newBuilder().query(null).fragment(null).build().toString();
  }

  /**
   * Returns the parameters that select the content.
   *
   * @param page parameters that lead back to it do not count; null: all count
   */
  private static String query(HttpUrl url, @Nullable HttpUrl page) {
    var query = new StringBuilder();
    for (var i = 0; i < url.querySize(); i++) {
      var name = url.queryParameterName(i);
      var value = url.queryParameterValue(i);
      if (!isTracking(name) && (page == null || !isReturn(page, value))) {
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=');
        query.append(Objects.requireNonNullElse(value, ""));
      }
    }
    return query.toString();
  }

  private static boolean isTracking(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("utm_") || TRACKING.contains(lower);
  }

  private static boolean isReturn(HttpUrl page, @Nullable String value) {
    var path = page.encodedPath();
    return value != null
        && (value.equals(path)
            || value.contains(page.host())
            || (path.length() > 1
                && (value.contains(path)
                    || value.contains("/" + String.join("/", page.pathSegments())))));
  }

  private static String withoutEnd(String text, String end) {
    return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
  }
}
