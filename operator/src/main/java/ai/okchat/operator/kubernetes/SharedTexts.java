package ai.okchat.operator.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads equal short texts as one object: thousands of objects have the same namespace, finalizer,
 * account and URL. It remembers only the last text for each hash, so names and IDs cannot fill it.
 */
final class SharedTexts extends StringDeserializer {

  private static final long serialVersionUID = 1L;

  /** Characters of a shared text, at most; a digest has 71. */
  private static final int SHARED_CHARACTERS = 80;

  // A race costs one more object: texts are immutable.
  private final transient @Nullable String[] last = new @Nullable String[1 << 12];

  @Override
  public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    var text = super.deserialize(parser, context);
    return text == null || text.length() > SHARED_CHARACTERS ? text : shared(text);
  }

  private String shared(String text) {
    var hash = text.hashCode();
    var slot = (hash ^ hash >>> 16) & last.length - 1;
    var known = last[slot];
    if (text.equals(known)) {
      return known;
    }
    last[slot] = text;
    return text;
  }
}
