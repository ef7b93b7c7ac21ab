package ai.okchat.cli;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Counts the values of a manifest and their levels before they are built. A reference counts as a
 * copy of the value that it names.
 */
final class ManifestSize {
  private final long mostValues;
  private final int deepest;
  private final Deque<OpenValue> open = new ArrayDeque<>();
  private final Map<Anchor, Part> anchors = new HashMap<>();
  private long values;

  /** Too many values, or too many levels. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A value with all values in it. */
  private record Part(long values, int levels) {
    /** A value that contains a reference to itself never ends. */
    private static final Part ENDLESS = new Part(Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** A map or a list whose end was not read yet. */
  private static final class OpenValue {
    private final @Nullable Anchor anchor;
    private final long before;
    private int levels;

    private OpenValue(@Nullable Anchor anchor, long before) {
      this.anchor = anchor;
      this.before = before;
    }
  }

  ManifestSize(long mostValues, int deepest) {
    this.mostValues = mostValues;
    this.deepest = deepest;
  }

  /** Returns the number of values until here. */
  long values() {
    return values;
  }

  /** Adds a part of a JSON text. */
  void add(JsonToken token) {
    if (token.isStructStart()) {
      start(Optional.empty());
    } else if (token.isStructEnd()) {
      end();
    } else {
      count(new Part(1, 0));
    }
  }

  /** Adds a part of a YAML text. */
  void add(Event event) {
    switch (event) {
      case AliasEvent alias -> count(anchors.getOrDefault(alias.getAlias(), new Part(1, 0)));
      case CollectionStartEvent start -> start(start.getAnchor());
      case ScalarEvent scalar -> {
        count(new Part(1, 0));
        scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Part(1, 0)));
      }
      default -> {
        switch (event.getEventId()) {
          case MappingEnd, SequenceEnd -> end();
          case DocumentStart -> anchors.clear();
          default -> {}
        }
      }
    }
  }

  private void start(Optional<Anchor> anchor) {
    open.push(new OpenValue(anchor.orElse(null), values));
    anchor.ifPresent(name -> anchors.put(name, Part.ENDLESS));
    count(new Part(1, 0));
  }

  private void end() {
    var ended = open.pop();
    var part = new Part(values - ended.before, ended.levels + 1);
    if (ended.anchor != null) {
      anchors.put(ended.anchor, part);
    }
    deepen(part);
  }

  private void deepen(Part part) {
    if (!open.isEmpty()) {
      var parent = open.element();
      parent.levels = Math.max(parent.levels, part.levels);
    }
  }

  private void count(Part part) {
    if (part.values > mostValues - values || part.levels > deepest - open.size()) {
      throw new ExceededException();
    }
    values += part.values;
    deepen(part);
  }
}
