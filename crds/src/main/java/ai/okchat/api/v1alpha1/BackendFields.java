package ai.okchat.api.v1alpha1;

/** What the two kinds of backend say about the fields that they share. */
final class BackendFields {
  static final String URL_DEFAULT = "https://v2.okchat.ai";
  static final String URL_TEXT =
      "Address of the backend, without the /api of its endpoints. Plain http only with"
          + " allowInsecure. The operator's setting BACKEND_HOSTS may limit the hosts.";
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
      "must not hold a user name or password: the API key goes into the Secret of apiKeySecretRef";
  static final String NO_QUERY_RULE = "!self.matches('[?#]')";
  static final String NO_QUERY_MESSAGE =
      "must not hold a query or a fragment: end it before the '?' or '#'";
  static final String SECURE_RULE = "self.allowInsecure || !self.url.startsWith('http://')";
  static final String SECURE_MESSAGE =
      "must be https, since plain http shows the API key to everybody on the way: write https,"
          + " or set allowInsecure: true";

  static final String ALLOW_INSECURE_TEXT =
      "Whether url may be plain http. The API key then travels in the clear: for a sandbox only.";
  static final String API_KEY_TEXT =
      "Secret that holds the API key of the account (sent as the header x-api-key). A changed"
          + " Secret is used at once.";
  static final String POLL_INTERVAL_TEXT =
      "How often the bots of the account are listed: the time after which drift and an outage are"
          + " noticed. Hours, minutes, seconds; 1s to 24h.";
  static final String REQUEST_TIMEOUT_TEXT =
      "Time after which one call to the backend is given up. Hours, minutes, seconds; 1s to 10m.";
  static final String RATE_LIMIT_TEXT =
      "How fast the operator calls this account. Objects that point to the same account share it.";
  static final String RATE_LIMIT_DEFAULT = "{\"requestsPerSecond\": 10, \"burst\": 20}";
  static final String CA_BUNDLE_TEXT = "Private certificate authority of url. Default: none.";

  private BackendFields() {}
}
