package ai.okchat.api.v1alpha1;

/** What every kind of backend says of its account, wherever its references lead. */
public sealed interface BackendSpec permits ChatbotBackendSpec, ClusterChatbotBackendSpec {

  /** Address of the backend: http or https, without user, query and fragment. */
  String url();

  /** How often the account is listed. */
  GoDuration pollInterval();

  /** Time after which one call is given up. */
  GoDuration requestTimeout();

  /** How fast the account may be called. */
  RateLimit rateLimit();
}
