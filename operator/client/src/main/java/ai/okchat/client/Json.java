package ai.okchat.client;

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

/** The JSON mapper and its limits, for this package. */
final class Json {
  /** Maximum of a response, or of one element of a list. */
  static final long MOST_TOKENS = 200_000;

  private static final int DEEPEST_NESTING = 100;
  private static final int LONGEST_TEXT = 4 * 1024 * 1024;

  /**
   * Keeps all digits of numbers, because settings are read, merged and sent again. Parse errors
   * quote nothing of the input.
   */
  static final ObjectMapper MAPPER =
      JsonMapper.builder(factory(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS)))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Creates parsers for lists, whose reader counts the tokens of each element. */
  static final JsonFactory LISTS = factory(StreamReadConstraints.builder());

  /** Completes the sentence "the response …" for JSON that exceeds a limit. */
  static final String ABOVE_A_LIMIT =
      "has more than %d tokens, nesting of more than %d levels, or a text of more than %d characters"
          .formatted(MOST_TOKENS, DEEPEST_NESTING, LONGEST_TEXT);

  /** Reads one value of several: text after it is not an error. */
  static final ObjectReader ELEMENTS =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectWriter COMPACT =
      MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  private Json() {}

  private static JsonFactory factory(StreamReadConstraints.Builder constraints) {
    return JsonFactory.builder()
        .streamReadConstraints(
            constraints.maxNestingDepth(DEEPEST_NESTING).maxStringLength(LONGEST_TEXT).build())
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }

  /** Writes the fields in their order. */
  static byte[] bytes(ObjectNode object) {
    return written(object, MAPPER.writer());
  }

  /** Writes the fields sorted, so that equal objects have equal bytes. */
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

  /** Reads the output of {@link #compact}. */
  static ObjectNode parsed(byte[] compact) {
    try {
      return (ObjectNode) MAPPER.readTree(compact);
    } catch (IOException e) {
      throw new IllegalStateException("Written by ourselves", e);
    }
  }
}
