package ai.okchat.operator.okchat;

/** Why a call gave no answer, as far as the caller must tell cases apart. */
public enum FailureKind {
  /** JSON 401 or 403. */
  CREDENTIALS_REJECTED,
  /** JSON 400, 413 or 422: the same request will be refused again. */
  REQUEST_REJECTED,
  /** JSON 409. */
  CONFLICT,
  /** JSON 402, or another JSON 4xx whose words speak of a plan's limits. */
  QUOTA_EXCEEDED,
  /** JSON 404 where absence is not one of the answers, e.g. of an update. */
  NOT_FOUND,
  /** 429. */
  RATE_LIMITED,
  /** 5xx, 408, no connection, a cut one, or no answer in time. */
  UNAVAILABLE,
  /** Something answered, but not as the API does: HTML, no JSON, another shape, too much, 3xx. */
  UNEXPECTED_ANSWER,
  /** Refused on this side: a blank id, or a document that could not be read. */
  INVALID_CALL
}
