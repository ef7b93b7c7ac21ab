package ai.okchat.operator.chatbot;

import java.util.Locale;

/** Media types of pictures by the ending of their names. */
final class ImageType {

  private ImageType() {}

  static String of(String name) {
    var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "gif" -> "image/gif";
      case "webp" -> "image/webp";
      case "svg" -> "image/svg+xml";
      default -> "application/octet-stream";
    };
  }
}
