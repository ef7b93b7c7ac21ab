package ai.okchat.sandbox.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Merges objects key by key, and replaces all other values. */
public final class DeepMerge {
  private DeepMerge() {}

  /** Returns a new object: the base with the changes. */
  public static ObjectNode merge(ObjectNode base, ObjectNode changes) {
    var merged = base.deepCopy();
    changes
        .properties()
        .forEach(
            change -> {
              var before = merged.get(change.getKey());
              var after = change.getValue();
              merged.set(
                  change.getKey(),
                  before instanceof ObjectNode inner && after instanceof ObjectNode innerChanges
                      ? merge(inner, innerChanges)
                      : after.deepCopy());
            });
    return merged;
  }
}
