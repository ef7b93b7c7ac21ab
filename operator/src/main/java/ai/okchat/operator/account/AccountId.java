package ai.okchat.operator.account;

import ai.okchat.client.Endpoint;
import okio.ByteString;

/**
 * One account of the backend: its URL and the key that opens it. Two backend objects with the same
 * URL and key share an account, its inventory and its rate limit.
 *
 * @param keyDigest hex SHA-256 of the API key
 */
public record AccountId(String url, String keyDigest) {

  private static final int DIGEST_LENGTH = 8;

  /**
   * Returns a digest that identifies the account in the status of an object: eight hex digits, so
   * that it reveals nothing about the key, and different for each object.
   *
   * @param uid of the object
   */
  public String digestFor(String uid) {
    return ByteString.encodeUtf8(String.join("\n", uid, url, keyDigest))
        .sha256()
        .hex()
        .substring(0, DIGEST_LENGTH);
  }

  static AccountId of(Endpoint endpoint) {
    return new AccountId(endpoint.baseUrl().toString(), endpoint.apiKey().digest());
  }
}
