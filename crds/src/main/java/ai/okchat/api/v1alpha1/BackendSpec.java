package ai.okchat.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** The spec fields that both kinds of backend share and that contain no references. */
public sealed interface BackendSpec permits ChatbotBackendSpec, ClusterChatbotBackendSpec {

  /** Address of the backend: http or https, without user, query and fragment. */
  String url();

  /** Interval at which the operator lists the bots of the account. */
  GoDuration pollInterval();

  /** Timeout of one request to the backend. */
  GoDuration requestTimeout();

  /** Limit of the requests to the account. */
  RateLimit rateLimit();

  /** Policy of the objects of this backend that do not set their own. */
  @Nullable DeletionPolicy defaultDeletionPolicy();
}
