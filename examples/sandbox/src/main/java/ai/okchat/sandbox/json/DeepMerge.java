package ai.okchat.sandbox.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Objects are merged key by key; everything else is replaced. */
public final class DeepMerge {
  private DeepMerge() {}

  /** A new object: the base, with the changes over it. */
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
