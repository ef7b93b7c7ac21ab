package ai.okchat.client;

/** The cause of a failed request, as far as callers distinguish it. */
public enum FailureKind {
  /** JSON 401 or 403. */
  CREDENTIALS_REJECTED,
  /**
   * JSON 400 or 422, or any 413, 414, 415 or 431: the backend will reject the same request again.
   */
  REQUEST_REJECTED,
  /** JSON 409. */
  CONFLICT,
  /** JSON 402, or another JSON 4xx whose message names a limit of the plan. */
  QUOTA_EXCEEDED,
  /** JSON 404 of a request for which absence is not a result, e.g. an update. */
  NOT_FOUND,
  /** 429. */
  RATE_LIMITED,
  /** 5xx, 408, no connection, a broken connection, or no response in time. */
  UNAVAILABLE,
  /** A response that is not one of the API: HTML, no JSON, another shape, too large, 3xx. */
  UNEXPECTED_RESPONSE,
  /** Rejected by the client: a blank ID, or a document that could not be read. */
  INVALID_CALL
}
