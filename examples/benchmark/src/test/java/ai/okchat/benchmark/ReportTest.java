package ai.okchat.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void comparesFigureWithTheLimitOfEachPeer() {
    // Given
    var progress = new ArrayList<String>();
    var report = new Report(progress::add);

    // When
    report.add(Figure.compared("at once", "1,000 Chatbots", 4, Peer.BARE_CLIENT, 3, 0.7));
    report.add(Figure.compared("at once", "1,000 Chatbots", 4, Peer.GO_CONTROLLER, 4.2, 1));
    report.add(Figure.told("growth", "memory", "90 MiB"));

    // Then
    assertThat(report.table())
        .isEqualTo(
            """
            | workload | measure | operator | peer | ratio | to reach | reached |
            |---|---|---|---|---|---|---|
            | at once | 1,000 Chatbots | 4.00 s | bare client: 3.00 s | 0.75 | at least 0.70 of the bare client | yes |
            | at once | 1,000 Chatbots | 4.00 s | Go controller: 4.20 s | 1.05 | at least 1.00 of the Go controller | yes |
            | growth | memory | 90 MiB |  |  |  |  |\
            """);
    assertThat(report.reachesAll()).isTrue();
    assertThat(progress)
        .containsExactly(
            "  at once, 1,000 Chatbots: 4.00 s (bare client: 3.00 s)",
            "  at once, 1,000 Chatbots: 4.00 s (Go controller: 4.20 s)",
            "  growth, memory: 90 MiB");
  }

  @Test
  void failsWhenOneLimitIsMissed() {
    // Given
    var report = new Report(_ -> {});

    // When
    report.add(Figure.compared("at once", "1,000 Chatbots", 4, Peer.BARE_CLIENT, 3, 0.7));
    report.add(Figure.compared("again", "1,000 Chatbots", 4, Peer.BARE_CLIENT, 3, 0.85));

    // Then
    assertThat(report.reachesAll()).isFalse();
  }

  @Test
  void percentileIsAMeasuredTime() {
    // Given
    var spread =
        new Spread(
            IntStream.rangeClosed(1, 200).mapToObj(millis -> Duration.ofMillis(millis)).toList());

    // When
    var median = spread.percentile(50);
    var slow = spread.percentile(99);

    // Then
    assertThat(median).isEqualTo(Duration.ofMillis(100));
    assertThat(slow).isEqualTo(Duration.ofMillis(198));
    assertThat(spread.text()).isEqualTo("198.0 ms (median 100.0 ms, 200 times)");
  }
}
