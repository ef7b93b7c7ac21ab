package ai.okchat.operator.fetch;

import java.time.Duration;

/**
 * Limits of one repository, for every transport.
 *
 * @param refs maximum number of refs that the server lists
 * @param objectBytes maximum size of one object, and of the base of a delta: the heap has room for
 *     what {@link DeltaMemory} counts, a delta and its result of one repository
 * @param bytes maximum of the whole fetch
 * @param time maximum of the whole fetch
 */
public record GitLimits(int refs, long objectBytes, long bytes, Duration time) {

  private static final long MIB = 1024 * 1024;

  public static final GitLimits DEFAULT =
      new GitLimits(50_000, 32 * MIB, 1024 * MIB, Duration.ofMinutes(10));

  /** Returns the same limits for a repository whose files may be this long. */
  GitLimits forFiles(long longest) {
    return new GitLimits(refs, Math.max(objectBytes, longest), bytes, time);
  }
}
