package ai.okchat.operator.status;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every reason that a condition or an Event may have. Stable: alerts and scripts match these names.
 * Each has a row in {@code operator/docs/reasons.md} with its meaning and its fix; a test compares
 * both.
 */
public enum Reason {
  // Normal.
  Ready,
  InSync,

  // In progress.
  WaitingForBackend,

  // Requested by a user.
  Suspended,
  DryRun,
  Drifted,
  DriftRecurring,

  // The table of design.md section 6.
  ReferenceNotFound,
  ReferenceNotPermitted,
  CredentialsRejected,
  SpecRejected,
  SlugTaken,
  SlugConflict,
  ImmutableFieldChanged,
  AccountChanged,
  QuotaExceeded,
  RateLimited,
  BackendUnavailable,
  UnexpectedResponse,
  BotMissing,
  InternalError,

  // Documents: normal.
  IngestionComplete,
  ChecksPassed,

  // Documents: in progress.
  WaitingForChatbot,
  Ingesting,
  ChecksPending,
  SourceUnavailable,

  // Documents: a user should investigate.
  DocumentsFailed,
  NoDocuments,
  IndexingDelayed,
  UnsupportedListFormat,
  PruneLimitExceeded,
  RetrievalCheckFailed,
  MaxAgeExceeded,
  SourceRejected,
  TitleConflict,

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

  private static final Set<String> NAMES =
      Arrays.stream(values()).map(Reason::name).collect(Collectors.toUnmodifiableSet());

  /** Returns whether this version has a reason of this name. */
  public static boolean isKnown(String name) {
    return NAMES.contains(name);
  }
}
