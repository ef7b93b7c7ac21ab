package ai.okchat.sandbox.http;

import java.util.Locale;

/** A file of a multipart form. */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record FilePart(String name, byte[] content) {

  /** Without a dot, in lower case; empty when there is none. */
  public String extension() {
    return extensionOf(name);
  }

  public static String extensionOf(String fileName) {
    var dot = fileName.lastIndexOf('.');
    return dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
