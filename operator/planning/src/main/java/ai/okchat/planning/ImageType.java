package ai.okchat.planning;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import okio.ByteString;

/** Decides the media type of a picture: by its bytes, and by its name if they are not known. */
public final class ImageType {

  private static final ByteString PNG = ByteString.decodeHex("89504e470d0a1a0a");
  private static final ByteString JPEG = ByteString.decodeHex("ffd8ff");
  private static final ByteString GIF_87 = ByteString.encodeUtf8("GIF87a");
  private static final ByteString GIF_89 = ByteString.encodeUtf8("GIF89a");
  private static final ByteString RIFF = ByteString.encodeUtf8("RIFF");
  private static final ByteString WEBP = ByteString.encodeUtf8("WEBP");

  /** Start of a WebP file: RIFF, four bytes of length, WEBP. */
  private static final int WEBP_AT = 8;

  /** Long enough for the start of the first tag. */
  private static final int TAG = 16;

  private ImageType() {}

  /** Returns the media type of a PNG, JPEG, GIF, WebP or SVG picture; empty for other bytes. */
  public static Optional<String> of(ByteString bytes) {
    if (bytes.startsWith(PNG)) {
      return Optional.of("image/png");
    }
    if (bytes.startsWith(JPEG)) {
      return Optional.of("image/jpeg");
    }
    if (bytes.startsWith(GIF_87) || bytes.startsWith(GIF_89)) {
      return Optional.of("image/gif");
    }
    if (bytes.startsWith(RIFF) && bytes.rangeEquals(WEBP_AT, WEBP, 0, WEBP.size())) {
      return Optional.of("image/webp");
    }
    return isSvg(bytes) ? Optional.of("image/svg+xml") : Optional.empty();
  }

  /** Returns the media type that the extension of a file name stands for. */
  public static String ofName(String name) {
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

  /** Returns whether the bytes are text: UTF-8, which no bitmap is. */
  public static boolean isText(ByteString bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.asByteBuffer());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Describes bytes that are no picture, for messages; shows none of them. */
  public static String describe(ByteString bytes) {
    if (bytes.size() == 0) {
      return "empty";
    }
    if (!isText(bytes)) {
      return "of an unknown type";
    }
    var tag = firstTag(bytes);
    return tag.startsWith("<html") || tag.startsWith("<!doctype html") ? "a web page" : "text";
  }

  private static boolean isSvg(ByteString bytes) {
    var tag = firstTag(bytes);
    return tag.startsWith("<svg") || tag.startsWith("<!doctype svg");
  }

  /**
   * Returns the start of the first tag or document type after declarations and comments, in lower
   * case; any other text for bytes that are no markup.
   */
  private static String firstTag(ByteString bytes) {
    if (!isMarkup(bytes)) {
      return "";
    }
    var text = bytes.utf8();
    var at = text.indexOf('<');
    while (text.startsWith("<?", at) || text.startsWith("<!--", at)) {
      var end = text.startsWith("<?", at) ? text.indexOf("?>", at) : text.indexOf("-->", at);
      var next = end < 0 ? -1 : text.indexOf('<', end);
      if (next < 0) {
        return "";
      }
      at = next;
    }
    return text.substring(at, Math.min(at + TAG, text.length())).toLowerCase(Locale.ROOT);
  }

  /** Returns whether the first bytes are a tag, after white space or a byte order mark. */
  private static boolean isMarkup(ByteString bytes) {
    var at = bytes.startsWith(ByteString.encodeUtf8("\uFEFF")) ? 3 : 0;
    while (at < bytes.size() && Character.isWhitespace(bytes.getByte(at))) {
      at++;
    }
    return at < bytes.size() && bytes.getByte(at) == '<';
  }
}
