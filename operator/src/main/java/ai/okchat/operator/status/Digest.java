package ai.okchat.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * SHA-256 of inputs, as {@code sha256:<hex>}: tells that something changed and never what it is.
 */
public final class Digest {

  private static final String PREFIX = "sha256:";
  private static final int BRIEF = 12;

  private Digest() {}

  public static String of(byte[] bytes) {
    try {
      return PREFIX + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for the same values, whatever the order of the keys. */
  public static String of(JsonNode json) {
    return of(sorted(json).toString());
  }

  /** Enough of a digest for people to tell two values apart. */
  public static String brief(String digest) {
    return digest.substring(0, Math.min(digest.length(), PREFIX.length() + BRIEF));
  }

  private static JsonNode sorted(JsonNode json) {
    return switch (json) {
      case ObjectNode object -> {
        var byName = new TreeMap<String, JsonNode>();
        object.properties().forEach(it -> byName.put(it.getKey(), sorted(it.getValue())));
        yield JsonNodeFactory.instance.objectNode().setAll(byName);
      }
      case ArrayNode array -> {
        var items = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> items.add(sorted(item)));
        yield items;
      }
      default -> json;
    };
  }
}
