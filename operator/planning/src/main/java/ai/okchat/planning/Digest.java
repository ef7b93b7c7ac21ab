package ai.okchat.planning;

import ai.okchat.client.Sha256;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/**
 * Computes SHA-256 digests, as {@code sha256:<hex>}: they show that an input changed, not its
 * value.
 */
public final class Digest {

  private static final String PREFIX = "sha256:";
  private static final int BRIEF = 12;

  private Digest() {}

  public static String of(byte[] bytes) {
    return PREFIX + Sha256.of(bytes);
  }

  public static String of(String text) {
    return PREFIX + Sha256.of(text);
  }

  /** Returns the same digest for equal values, whatever the order of the keys. */
  public static String of(JsonNode json) {
    return of(sorted(json).toString());
  }

  /** Returns a prefix that is long enough for users to tell two digests apart. */
  public static String brief(String digest) {
    return digest.substring(0, Math.min(digest.length(), PREFIX.length() + BRIEF));
  }

  private static JsonNode sorted(JsonNode json) {
    return switch (json) {
      case ObjectNode object -> {
        var byName = new TreeMap<String, JsonNode>();
        object
            .properties()
            .forEach(property -> byName.put(property.getKey(), sorted(property.getValue())));
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
