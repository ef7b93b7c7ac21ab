package ai.okchat.operator.knowledge.document;

import ai.okchat.operator.okchat.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * The bytes of a document, to be read as often as needed.
 *
 * @param length in bytes
 * @param digest hex SHA-256 of the bytes
 */
public record Content(long length, String digest, Upload.Source source) {

  private static final Upload.Source CLOSED =
      () -> {
        throw new IOException("the source of the document is closed");
      };

  /** Bytes that are in memory anyway; not changed afterwards by anybody. */
  public static Content of(byte[] bytes) {
    return new Content(bytes.length, Sha256.of(bytes), () -> new ByteArrayInputStream(bytes));
  }

  /** Length and digest alone; the bytes can no longer be read, and nothing here refers to them. */
  public Content withoutBytes() {
    return new Content(length, digest, CLOSED);
  }
}
