package ai.okchat.operator.shard;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The objects that one operator serves: those whose label has its name, or those without the label
 * if it has no name.
 */
public record Shard(Optional<String> name) {

  public static final String LABEL = "okchat.ai/shard";

  /** The shard of the operator that serves objects without a label. */
  public static final Shard UNNAMED = new Shard(Optional.empty());

  public static Shard named(String name) {
    return new Shard(Optional.of(name));
  }

  /** Returns the shard of an object. */
  public static Shard of(HasMetadata object) {
    var labels =
        Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of());
    return new Shard(Optional.ofNullable(labels.get(LABEL)));
  }

  /** Returns a label selector for the objects of this shard. */
  public String selector() {
    return name.map(label -> LABEL + "=" + label).orElse("!" + LABEL);
  }

  /** Returns a label selector for all other objects. */
  public String othersSelector() {
    return name.map(label -> LABEL + "!=" + label).orElse(LABEL);
  }

  /**
   * Returns whether this operator is responsible for the object. All operators use all backends;
   * only one writes their status and removes their finalizers.
   */
  public boolean serves(HasMetadata object) {
    return of(object).equals(this);
  }

  /** Qualifies the name of an object that each operator has, such as its Lease. */
  public String qualify(String of) {
    return name.map(label -> of + "-" + label).orElse(of);
  }

  @Override
  public String toString() {
    return name.map(label -> LABEL + "=" + label).orElse("no label " + LABEL);
  }
}
