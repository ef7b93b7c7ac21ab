package ai.okchat.sandbox.http;

import java.util.Locale;

/** A file of a multipart form. */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record FilePart(String name, byte[] content) {

  /** Returns the extension without a dot, in lower case; empty if there is none. */
  public String extension() {
    return extensionOf(name);
  }

  public static String extensionOf(String fileName) {
    var dot = fileName.lastIndexOf('.');
    return dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
