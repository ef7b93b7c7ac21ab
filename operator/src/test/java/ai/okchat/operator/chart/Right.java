package ai.okchat.operator.chart;

import ai.okchat.localcluster.AuditEvent;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.stream.Stream;

/** One right: a verb on a resource, such as {@code patch} on {@code chatbots/status}. */
record Right(String group, String resource, String verb) implements Comparable<Right> {

  private static final int CREATED = 201;

  /** All that these rules give. */
  static Stream<Right> given(List<PolicyRule> rules) {
    return rules.stream()
        .flatMap(
            rule ->
                rule.getApiGroups().stream()
                    .flatMap(
                        group ->
                            rule.getResources().stream()
                                .flatMap(
                                    resource ->
                                        rule.getVerbs().stream()
                                            .map(verb -> new Right(group, resource, verb)))));
  }

  /** Returns the rights that a request needed: an apply that creates needs two. */
  static Stream<Right> used(AuditEvent event) {
    var target = event.target();
    var resource =
        target.subresource().isEmpty()
            ? target.resource()
            : target.resource() + "/" + target.subresource();
    var right = new Right(target.apiGroup(), resource, event.verb());
    return event.verb().equals("patch") && event.code() == CREATED
        ? Stream.of(right, new Right(target.apiGroup(), resource, "create"))
        : Stream.of(right);
  }

  @Override
  public int compareTo(Right other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return "%s %s%s".formatted(verb, resource, group.isEmpty() ? "" : "." + group);
  }
}
