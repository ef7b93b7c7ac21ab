package ai.okchat.planning.document;

import ai.okchat.client.Sha256;
import ai.okchat.client.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * The bytes of a document, which can be read repeatedly.
 *
 * @param length in bytes
 * @param digest hex SHA-256 of the bytes
 */
public record Content(long length, String digest, Upload.Source source) {

  private static final Upload.Source CLOSED =
      () -> {
        throw new IOException("the source of the document is closed");
      };

  /** Returns content of bytes in memory, which must not change afterwards. */
  public static Content of(byte[] bytes) {
    return new Content(bytes.length, Sha256.of(bytes), () -> new ByteArrayInputStream(bytes));
  }

  /** Returns whether the bytes were read and are not dropped yet. */
  @SuppressWarnings("ReferenceEquality") // CLOSED is one object.
  public boolean hasBytes() {
    return source != CLOSED;
  }

  /**
   * Returns only length and digest; the bytes can no longer be read, and the result does not refer
   * to them.
   */
  public Content withoutBytes() {
    return new Content(length, digest, CLOSED);
  }
}
