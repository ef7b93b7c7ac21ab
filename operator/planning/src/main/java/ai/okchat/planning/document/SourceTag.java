package ai.okchat.planning.document;

import ai.okchat.client.Sha256;

/**
 * Identifies the titles of one source: six hex characters of SHA-256 over its namespace and name,
 * so that an object that was restored with a new UID finds its documents again.
 */
public record SourceTag(String text) {

  static final int LENGTH = 6;

  public static SourceTag of(String namespace, String name) {
    return new SourceTag(Sha256.of(namespace + "/" + name).substring(0, LENGTH));
  }
}
