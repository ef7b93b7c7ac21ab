package ai.okchat.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;

/**
 * One file to send. Its bytes are read while they are sent, and never completely in memory.
 *
 * @param name the file name to send, e.g. {@code opening-hours.md}
 * @param mediaType e.g. {@code text/markdown}
 * @param length in bytes, or {@link #UNKNOWN_LENGTH}
 * @param source each request opens and closes it once
 */
public record Upload(String name, String mediaType, long length, Source source) {
  public static final long UNKNOWN_LENGTH = -1;

  /** Opens the bytes of the file. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  public Upload {
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "The name of an upload must be a file name without line breaks, for example faq.md");
    }
    if (MediaType.parse(mediaType) == null) {
      throw new IllegalArgumentException(
          "The media type of an upload must read type/subtype, for example text/markdown");
    }
    if (length < UNKNOWN_LENGTH) {
      throw new IllegalArgumentException("The length of an upload is in bytes, or -1 if unknown");
    }
  }

  /** Creates an upload from bytes in memory. */
  public static Upload of(String name, String mediaType, byte[] bytes) {
    var copy = bytes.clone();
    return new Upload(name, mediaType, copy.length, () -> new ByteArrayInputStream(copy));
  }
}
