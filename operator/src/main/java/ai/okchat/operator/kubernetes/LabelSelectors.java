package ai.okchat.operator.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Matches labels against a selector, by the rules of Kubernetes. */
public final class LabelSelectors {

  private LabelSelectors() {}

  public static boolean matches(LabelSelector selector, @Nullable Map<String, String> labels) {
    var known = labels == null ? Map.<String, String>of() : labels;
    var required = selector.getMatchLabels();
    return (required == null || known.entrySet().containsAll(required.entrySet()))
        && selector.getMatchExpressions().stream()
            .allMatch(requirement -> matches(requirement, known));
  }

  private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
    var value = labels.get(requirement.getKey());
    return switch (requirement.getOperator()) {
      case "In" -> value != null && requirement.getValues().contains(value);
      case "NotIn" -> value == null || !requirement.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
