package ai.okchat.operator.knowledge.source;

import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a page that decide whether it is a document, in comparison with other pages.
 *
 * @param name the URL that the source names
 * @param target the URL after redirects
 * @param canonical the URL that the page declares as its own; null if it declares none
 * @param hasPasswordField whether the page asks for a password, as a login page does
 * @param good digest of the last good document of this page; null if there was none
 * @param digest of the document that the page is now; null if it cannot be a document
 */
record FetchedPage(
    HttpUrl name,
    HttpUrl target,
    @Nullable HttpUrl canonical,
    boolean hasPasswordField,
    @Nullable String good,
    @Nullable String digest) {

  /** Returns the facts about a page that is as it was. */
  static FetchedPage unchanged(HttpUrl name, String digest) {
    return new FetchedPage(name, name, null, false, digest, digest);
  }

  FetchedPage withDigest(@Nullable String now) {
    return new FetchedPage(name, target, canonical, hasPasswordField, good, now);
  }

  /** Returns whether a good document would be replaced. */
  boolean isChanged() {
    return good != null && !good.equals(digest);
  }

  boolean isUnchanged() {
    return good != null && good.equals(digest);
  }
}
