package ai.okchat.operator.fetch;

import java.time.Duration;

/**
 * What one repository may send, over whatever transport.
 *
 * @param refs that the server lists
 * @param objectBytes of one object, and of the base that it is a delta on
 * @param bytes in all
 * @param time in all
 */
public record GitLimits(int refs, long objectBytes, long bytes, Duration time) {

  private static final long MIB = 1024 * 1024;

  public static final GitLimits DEFAULT =
      new GitLimits(50_000, 64 * MIB, 1024 * MIB, Duration.ofMinutes(10));
}
