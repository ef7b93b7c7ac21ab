package ai.okchat.operator.shard;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The objects that one operator serves: those with its name as their label, or those without the
 * label where it has none.
 */
public record Shard(Optional<String> name) {

  public static final String LABEL = "okchat.ai/shard";

  /** Of the operator that serves what has no label. */
  public static final Shard UNNAMED = new Shard(Optional.empty());

  public static Shard named(String name) {
    return new Shard(Optional.of(name));
  }

  /** The shard that an object is of. */
  public static Shard of(HasMetadata object) {
    var labels =
        Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of());
    return new Shard(Optional.ofNullable(labels.get(LABEL)));
  }

  /** A label selector of what is served. */
  public String selector() {
    return name.map(it -> LABEL + "=" + it).orElse("!" + LABEL);
  }

  /** A label selector of everything else. */
  public String othersSelector() {
    return name.map(it -> LABEL + "!=" + it).orElse(LABEL);
  }

  /**
   * Whether this operator speaks for the object. All operators use all backends; one reports on
   * them and lets them go.
   */
  public boolean serves(HasMetadata object) {
    return of(object).equals(this);
  }

  /** The name of something that each operator has, such as its Lease. */
  public String qualify(String of) {
    return name.map(it -> of + "-" + it).orElse(of);
  }

  @Override
  public String toString() {
    return name.map(it -> LABEL + "=" + it).orElse("no label " + LABEL);
  }
}
