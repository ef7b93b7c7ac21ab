package ai.okchat.operator.validation;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The spec of an object as lines {@code spec.path=value}, to be compared as sets. */
final class Leaves {
  private Leaves() {}

  static Set<String> of(GenericKubernetesResource object) {
    return of("spec", object.get("spec")).collect(Collectors.toSet());
  }

  private static Stream<String> of(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> fields) {
      return fields.entrySet().stream()
          .flatMap(field -> of(path + "." + field.getKey(), field.getValue()));
    }
    if (value instanceof List<?> items) {
      return items.stream().flatMap(item -> of(path + "[*]", item));
    }
    return Stream.of(path + "=" + (value instanceof Number number ? plain(number) : value));
  }

  /** The same text for 1 and 1.0. */
  private static String plain(Number number) {
    return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
  }
}
