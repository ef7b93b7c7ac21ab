package ai.okchat.api.v1alpha1;

/** Descriptions, rules and defaults of the fields that both kinds of backend share. */
final class BackendFields {
  static final String URL_DEFAULT = "https://v2.okchat.ai";
  static final String URL_TEXT =
      "Address of the backend, without the /api of its endpoints. Plain http requires"
          + " allowInsecure. The operator setting BACKEND_HOSTS can limit the hosts. Defaults to"
          + " https://v2.okchat.ai.";
  static final String URL_RULE =
      "isURL(self) && self.matches("
          + "r'^https?://([^/?#@]*@)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?([/?#]\\S*)?$')"
          + " && (url(self).getPort() == '' || (int(url(self).getPort()) >= 1 &&"
          + " int(url(self).getPort()) <= 65535))";
  static final String URL_MESSAGE =
      "must be the address of a backend: http or https, a host and at most a port and a path,"
          + " for example https://v2.okchat.ai";
  static final String NO_USER_RULE = "!self.matches('^[a-z]+://[^/?#]*@')";
  static final String NO_USER_MESSAGE =
      "must not contain a user name or password: the API key goes into the Secret of"
          + " apiKeySecretRef";
  static final String NO_QUERY_RULE = "!self.matches('[?#]')";
  static final String NO_QUERY_MESSAGE =
      "must not contain a query or a fragment: end it before the '?' or '#'";
  static final String SECURE_RULE = "self.allowInsecure || !self.url.startsWith('http://')";
  static final String SECURE_MESSAGE =
      "must be https, since plain http transmits the API key without encryption: write https,"
          + " or set allowInsecure: true";

  static final String ALLOW_INSECURE_TEXT =
      "If true, url can be plain http, which transmits the API key without encryption: for"
          + " sandboxes only. Default: false.";
  static final String API_KEY_TEXT =
      "Secret key that contains the API key of the account (sent in the header x-api-key). The"
          + " operator uses a changed Secret immediately.";
  static final String POLL_INTERVAL_TEXT =
      "Interval at which the operator lists the bots of the account, and detects drift and outages."
          + " Duration in hours, minutes and seconds, 1s to 24h. Default: 60s.";
  static final String REQUEST_TIMEOUT_TEXT =
      "Timeout of one request to the backend. Duration in hours, minutes and seconds, 1s to 10m."
          + " Default: 30s.";
  static final String RATE_LIMIT_TEXT =
      "Limit of the requests to the account. Objects that refer to the same account share it."
          + " Default: 10 requests per second with a burst of 20.";
  static final String RATE_LIMIT_DEFAULT = "{\"requestsPerSecond\": 10, \"burst\": 20}";
  static final String DEFAULT_DELETION_POLICY_TEXT =
      "deletionPolicy of the Chatbots and KnowledgeSources of this backend that do not set their"
          + " own: Delete or Orphan. Default: Delete.";
  static final String CA_BUNDLE_TEXT = "Private certificate authority of url. Default: none.";

  private BackendFields() {}
}
