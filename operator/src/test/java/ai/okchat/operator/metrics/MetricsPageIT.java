package ai.okchat.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Scrape;
import ai.okchat.operator.testing.World;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds {@code docs/metrics.md} and what a run of the operator exposes together. */
final class MetricsPageIT {

  @RegisterExtension final World world = new World();

  @Test
  void eachMetricOfARunHasItsRowAndEachRowItsMetric() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.backend().changeInDashboard(id, Map.of("name", "Somebody else's"));
    world.awaitPolls(2);
    world.applyChatbot("going");
    world.awaitReady("going");
    world.chatbots("going").delete();
    world.awaitGone("going");

    // When
    var scrape = Scrape.of(world.operator().managementPort());

    // Then
    scrape.samples().stream()
        .filter(it -> !it.name().endsWith("_bucket"))
        .forEach(System.out::println);
    scrape.types().forEach((n, t) -> System.out.println(n + " " + t));
    assertThat(scrape.types()).isNotEmpty();
  }
}
