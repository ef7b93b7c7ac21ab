package ai.okchat.operator.okchat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The one JSON mapper of this package. */
final class Json {
  private static final int DEEPEST_NESTING = 200;

  /**
   * Numbers are kept digit for digit, since settings are read, merged and sent back. Parse errors
   * quote nothing of what was parsed.
   */
  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING).build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Reads one value out of many: what follows it is no error. */
  static final ObjectReader ELEMENTS =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectWriter COMPACT =
      MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  private Json() {}

  /** In the order of its fields. */
  static byte[] bytes(ObjectNode object) {
    return written(object, MAPPER.writer());
  }

  /** In an order of its own, so that equal objects have equal bytes. */
  static byte[] compact(ObjectNode object) {
    return written(object, COMPACT);
  }

  private static byte[] written(ObjectNode object, ObjectWriter writer) {
    try {
      return writer.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree can always be written", e);
    }
  }

  /** What {@link #compact} made. */
  static ObjectNode parsed(byte[] compact) {
    try {
      return (ObjectNode) MAPPER.readTree(compact);
    } catch (IOException e) {
      throw new IllegalStateException("Written by ourselves", e);
    }
  }
}
