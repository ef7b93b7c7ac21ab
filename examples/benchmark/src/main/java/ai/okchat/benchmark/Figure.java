package ai.okchat.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param value the result of the operator, with its unit
 * @param peer the result of a peer in the same run, with its name; null if there is none
 * @param ratio of the operator to the peer; 1 is equal; null if there is none
 * @param mark the required result; null if there is none
 * @param reached whether the mark was reached; null if there is no mark
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
    String workload,
    String measure,
    String value,
    @Nullable String peer,
    @Nullable Double ratio,
    @Nullable String mark,
    @Nullable Boolean reached) {

  /** Creates a figure without a mark. */
  static Figure told(String workload, String measure, String value) {
    return new Figure(workload, measure, value, null, null, null, null);
  }

  /** Creates a figure with a maximum or an exact value. */
  static Figure marked(
      String workload, String measure, String value, String mark, boolean reached) {
    return new Figure(workload, measure, value, null, null, mark, reached);
  }

  /** Compares the seconds of a peer with those of the operator. */
  static Figure compared(
      String workload,
      String measure,
      double seconds,
      Peer peer,
      double peerSeconds,
      double least) {
    var ratio = peerSeconds / seconds;
    return new Figure(
        workload,
        measure,
        "%.2f s".formatted(seconds),
        peer.with("%.2f s".formatted(peerSeconds)),
        Math.round(ratio * 100) / 100.0,
        "at least %.2f of the %s".formatted(least, peer),
        ratio >= least);
  }

  Figure beside(Peer other, String text) {
    return new Figure(workload, measure, value, other.with(text), ratio, mark, reached);
  }
}
