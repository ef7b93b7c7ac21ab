package ai.okchat.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MeasuredTest {

  @Test
  void medianOfThreeTurnsKeepsItsProcessorTime() {
    // Given
    var turns = List.of(measured(9, 7), measured(2, 5), measured(4, 6));

    // When
    var median = Measured.median(turns, turn -> turn);

    // Then
    assertThat(median).isEqualTo(measured(4, 6));
  }

  @Test
  void medianOfTwoTurnsIsTheShorterOne() {
    // Given
    var turns = List.of(measured(9, 7), measured(2, 5));

    // When
    var median = Measured.median(turns, turn -> turn);

    // Then
    assertThat(median).isEqualTo(measured(2, 5));
  }

  @Test
  void processorTimeForThousandObjectsIsSortedByTime() {
    // Given
    var before = used(Map.of("etcd", 1_000, "kube-apiserver", 500));
    var after = used(Map.of("etcd", 1_100, "kube-apiserver", 2_100, "sandbox", 10));

    // When
    var text = after.since(before).forThousand(200).text();

    // Then
    assertThat(text).isEqualTo("kube-apiserver 8.0, etcd 0.5");
  }

  private static Measured measured(int seconds, int processorSeconds) {
    return new Measured(
        Duration.ofSeconds(seconds), used(Map.of("operator", 1_000 * processorSeconds)));
  }

  private static ProcessorTime used(Map<String, Integer> millis) {
    return new ProcessorTime(
        millis.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> Duration.ofMillis(entry.getValue()))));
  }
}
