package ai.okchat.operator.knowledge.document;

import ai.okchat.operator.okchat.Upload;
import java.io.ByteArrayInputStream;

/**
 * The bytes of a document, to be read as often as needed.
 *
 * @param length in bytes
 * @param digest hex SHA-256 of the bytes
 */
public record Content(long length, String digest, Upload.Source source) {

  /** Bytes that are in memory anyway; not changed afterwards by anybody. */
  public static Content of(byte[] bytes) {
    return new Content(bytes.length, Sha256.of(bytes), () -> new ByteArrayInputStream(bytes));
  }
}
