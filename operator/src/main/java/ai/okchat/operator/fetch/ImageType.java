package ai.okchat.operator.fetch;

import java.util.Locale;

/** Maps the extension of an image file to its media type. */
public final class ImageType {

  private ImageType() {}

  public static String of(String name) {
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "gif" -> "image/gif";
      case "webp" -> "image/webp";
      case "svg" -> "image/svg+xml";
      default -> "application/octet-stream";
    };
  }
}
