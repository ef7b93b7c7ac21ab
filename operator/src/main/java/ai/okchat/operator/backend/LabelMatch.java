package ai.okchat.operator.backend;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether labels are those that a selector asks for, by the rules of Kubernetes. */
public final class LabelMatch {

  private LabelMatch() {}

  public static boolean matches(LabelSelector selector, @Nullable Map<String, String> labels) {
    var known = labels == null ? Map.<String, String>of() : labels;
    var wanted = selector.getMatchLabels();
    return (wanted == null || known.entrySet().containsAll(wanted.entrySet()))
        && selector.getMatchExpressions().stream().allMatch(it -> matches(it, known));
  }

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    var value = labels.get(wanted.getKey());
    return switch (wanted.getOperator()) {
      case "In" -> value != null && wanted.getValues().contains(value);
      case "NotIn" -> value == null || !wanted.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
