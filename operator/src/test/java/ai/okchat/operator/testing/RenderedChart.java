package ai.okchat.operator.testing;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The objects that a chart gives for some values. */
public record RenderedChart(List<GenericKubernetesResource> objects) {

  private static final Pattern BETWEEN = Pattern.compile("(?m)^---\\s*$");
  private static final Pattern SOMETHING = Pattern.compile("(?m)^[^#\\s]");

  public RenderedChart {
    objects = List.copyOf(objects);
  }

  static RenderedChart parse(String manifests) {
    return new RenderedChart(
        Arrays.stream(BETWEEN.split(manifests))
            .filter(manifest -> SOMETHING.matcher(manifest).find())
            .map(manifest -> Serialization.unmarshal(manifest, GenericKubernetesResource.class))
            .toList());
  }

  /** Each as {@code Kind name}, in alphabetical order. */
  public List<String> names() {
    return objects.stream()
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** All of one kind, as its Java type. */
  public <T extends HasMetadata> List<T> all(Class<T> type) {
    return ofKind(HasMetadata.getKind(type))
        .map(object -> Serialization.unmarshal(Serialization.asJson(object), type))
        .toList();
  }

  /** The one of its kind whose name ends so. */
  public <T extends HasMetadata> T one(Class<T> type, String nameEnd) {
    var found =
        all(type).stream()
            .filter(object -> object.getMetadata().getName().endsWith(nameEnd))
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          "%d objects %s *%s in %s"
              .formatted(found.size(), HasMetadata.getKind(type), nameEnd, names()));
    }
    return found.getFirst();
  }

  public Stream<GenericKubernetesResource> ofKind(String kind) {
    return objects.stream().filter(object -> object.getKind().equals(kind));
  }
}
