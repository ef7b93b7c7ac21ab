package ai.okchat.operator.testing;

import ai.okchat.localcluster.AuditEvent;
import java.util.List;

/** Writes of one fixture's operator to the API server, without Events. */
public final class ApiServerWrites {

  private ApiServerWrites() {}

  /** Each write as {@code verb resource[/subresource] name}, oldest first. */
  public static List<String> of(OperatorFixture world) {
    return SharedCluster.get().auditLog().writesBy(world.userAgent()).stream()
        .filter(write -> !write.target().resource().equals("events"))
        .map(ApiServerWrites::words)
        .toList();
  }

  private static String words(AuditEvent event) {
    var target = event.target();
    var resource =
        target.subresource().isEmpty()
            ? target.resource()
            : target.resource() + "/" + target.subresource();
    return "%s %s %s".formatted(event.verb(), resource, target.name());
  }
}
