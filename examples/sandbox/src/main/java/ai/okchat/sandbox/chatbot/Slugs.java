package ai.okchat.sandbox.chatbot;

import ai.okchat.sandbox.http.ApiError;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks and derives slugs, the public names of bots: lower-case letters, digits and hyphens. */
final class Slugs {
  private static final int MAX_LENGTH = 100;
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private Slugs() {}

  static String checked(String slug) {
    if (slug.length() > MAX_LENGTH || !SLUG.matcher(slug).matches()) {
      throw ApiError.badRequest(
          "slug", "must be lower-case letters, digits and single hyphens, at most " + MAX_LENGTH);
    }
    return slug;
  }

  /** Derives the slug of a bot without one: from its name, or {@code chatbot}. */
  static String from(String name) {
    var hyphenated = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var trimmed = hyphenated.substring(0, Math.min(hyphenated.length(), MAX_LENGTH - 10));
    var slug = trimmed.replaceAll("^-|-$", "");
    return slug.isEmpty() ? "chatbot" : slug;
  }

  /** Returns the slug itself, then {@code slug-2}, {@code slug-3}, ... */
  static String candidate(String slug, int attempt) {
    return attempt == 1 ? slug : slug + "-" + attempt;
  }
}
