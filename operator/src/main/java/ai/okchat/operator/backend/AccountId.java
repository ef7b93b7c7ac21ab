package ai.okchat.operator.backend;

import ai.okchat.operator.okchat.Endpoint;

/**
 * One account of the backend: where it is and which key opens it. Two backend objects with the same
 * URL and key share an account, its inventory and its budget.
 *
 * @param keyDigest hex SHA-256 of the API key
 */
public record AccountId(String url, String keyDigest) {

  static AccountId of(Endpoint endpoint) {
    return new AccountId(endpoint.baseUrl().toString(), endpoint.apiKey().digest());
  }
}
