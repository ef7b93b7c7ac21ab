package ai.okchat.operator.fetch;

import ai.okchat.operator.fetch.GitFetcher.Remote;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CompoundException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.JGitText;
import org.jspecify.annotations.Nullable;

/** Translates the failure of a fetch into an exception for the status, without credentials. */
final class GitFailure {

  private GitFailure() {}

  static SourceException of(Remote remote, Exception e) {
    var known =
        causes(e)
            .filter(SourceException.class::isInstance)
            .map(SourceException.class::cast)
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    if (has(e, ForbiddenAddressException.class)) {
      return forbidden(remote.url());
    }
    if (has(e, InsecureRedirectException.class)) {
      return new SourceException(
          "The repository %s redirects from https to http, which is not followed. Correct spec.git.url."
              .formatted(remote.url()),
          false);
    }
    var full =
        causes(e)
            .filter(TemporarySpace.FullException.class::isInstance)
            .map(TemporarySpace.FullException.class::cast)
            .findFirst();
    if (full.isPresent()) {
      return full.get().asSourceException();
    }
    var limit = causes(e).filter(GitFailure::isAboutLimit).findFirst();
    if (limit.isPresent()) {
      return new SourceException(
          "The repository %s exceeds a limit: %s. Use a smaller one."
              .formatted(remote.url(), withoutFullStop(limit.get().getMessage())),
          false);
    }
    if (has(e, WebPageException.class) || isAboutRedirect(e)) {
      return new SourceException(
          "The address %s leads to a web page, not to a git repository. Correct spec.git.url, or name a Secret with credentials in spec.git.secretRef."
              .formatted(remote.url()),
          false);
    }
    if (has(e, NoRemoteRepositoryException.class)) {
      return new SourceException(
          "There is no repository at %s, or it needs other credentials. Correct spec.git.url or the Secret of spec.git.secretRef."
              .formatted(remote.url()),
          false);
    }
    return isAboutCredentials(e)
        ? new SourceException(
            "The repository %s does not accept the credentials. Put valid ones into the Secret of spec.git.secretRef; SSH needs ssh-privatekey and known_hosts there."
                .formatted(remote.url()),
            false)
        : new SourceException(
            "The repository %s cannot be fetched (%s)."
                .formatted(remote.url(), root(e).getClass().getSimpleName()),
            true);
  }

  static SourceException forbidden(String where) {
    return new SourceException(
        "%s leads to an address that must not be fetched. Use a public address, or have the operator's FETCH_ALLOW_CIDRS allow it."
            .formatted(where),
        false);
  }

  static SourceException noSuchRef(Remote remote) {
    return new SourceException(
        "The repository %s has no branch, tag or commit %s. Correct spec.git.ref."
            .formatted(remote.url(), Objects.requireNonNullElse(remote.ref(), "HEAD")),
        false);
  }

  private static String withoutFullStop(@Nullable String message) {
    var text = String.valueOf(message);
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Returns whether a limit was exceeded: these messages contain only numbers of the operator and
   * of JGit.
   */
  private static boolean isAboutLimit(Throwable e) {
    return e instanceof GitBudget.ExceededException || e instanceof TooLargeObjectInPackException;
  }

  /** Returns whether the server cannot omit large files; JGit reports it only in the message. */
  static boolean isAboutFilter(Exception e) {
    return causes(e)
        .anyMatch(
            cause ->
                String.valueOf(cause.getMessage())
                    .contains(JGitText.get().filterRequiresCapability));
  }

  /** Returns whether the address redirects to a page; JGit reports it only in the message. */
  private static boolean isAboutRedirect(Exception e) {
    var blocked = JGitText.get().redirectBlocked;
    var begin = blocked.substring(0, blocked.indexOf('{'));
    return causes(e).anyMatch(cause -> String.valueOf(cause.getMessage()).contains(begin));
  }

  /** Returns whether the credentials were rejected; JGit reports it only in the message. */
  private static boolean isAboutCredentials(Exception e) {
    return causes(e)
        .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
        .anyMatch(
            message ->
                message.contains("not authorized")
                    || message.contains("authentication")
                    || message.contains("auth fail")
                    || message.contains("not permitted")
                    || message.contains("server key"));
  }

  private static boolean has(Exception e, Class<? extends Throwable> type) {
    return causes(e).anyMatch(type::isInstance);
  }

  /** Returns the first cause. Only its type is reported: its message may come from the server. */
  private static Throwable root(Exception e) {
    return causes(e).reduce(e, (before, cause) -> cause);
  }

  private static Stream<Throwable> causes(@Nullable Throwable e) {
    return switch (e) {
      case null -> Stream.empty();
      case CompoundException several ->
          Stream.concat(
              Stream.of(several), several.getAllCauses().stream().flatMap(GitFailure::causes));
      default -> Stream.concat(Stream.of(e), causes(e.getCause()));
    };
  }
}
