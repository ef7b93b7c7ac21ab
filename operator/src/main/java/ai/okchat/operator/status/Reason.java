package ai.okchat.operator.status;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every reason that a condition or an Event may carry. Stable: alerts and scripts match on these
 * words. Each has a row in {@code operator/docs/reasons.md} with its meaning and its fix; a test
 * holds the two together.
 */
public enum Reason {
  // All is well.
  Ready,
  InSync,
  Resolved,
  NoDrift,
  NotPaused,
  Settled,

  // Still working on it.
  WaitingForBackend,

  // Somebody asked for it.
  Suspended,
  Drifted,
  DriftContested,

  // What the table of design.md section 6 names.
  ReferenceNotFound,
  ReferenceNotPermitted,
  CredentialsRejected,
  SpecRejected,
  SlugTaken,
  SlugConflict,
  SlugChanged,
  AccountChanged,
  QuotaExceeded,
  RateLimited,
  BackendUnavailable,
  UnexpectedAnswer,
  BotMissing,
  InternalError,

  // Documents: all is well.
  AllListed,
  ChecksPassed,
  NoChecks,
  Fresh,

  // Documents: still working on it.
  WaitingForChatbot,
  Ingesting,
  NotChecked,
  SourceUnavailable,

  // Documents: somebody should look.
  DocumentsFailed,
  NoDocuments,
  NotListed,
  ListNotUnderstood,
  PruneLimitExceeded,
  NotRetrievable,
  TooOld,
  SourceRejected,

  // Deletion.
  Deleting,
  DeletionBlocked,
  InUse,

  // Events only.
  Created,
  Adopted,
  Updated,
  DriftFound,
  DriftCorrected,
  Deleted,
  Orphaned;

  private static final Set<String> WORDS =
      Arrays.stream(values()).map(Reason::name).collect(Collectors.toUnmodifiableSet());

  /** Whether it is a word of this version. */
  public static boolean isKnown(String word) {
    return WORDS.contains(word);
  }
}
