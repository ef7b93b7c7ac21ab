package ai.okchat.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param value the result of the operator, with its unit
 * @param raw the result of a bare client in the same run; null if there is none
 * @param ratio of the operator to the bare client; 1 is equal; null if there is none
 * @param mark the required result; null if there is none
 * @param reached whether the mark was reached; null if there is no mark
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
    String workload,
    String measure,
    String value,
    @Nullable String raw,
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

  /** Compares the seconds of a bare client with those of the operator. */
  static Figure compared(
      String workload, String measure, double seconds, double rawSeconds, double least) {
    var ratio = rawSeconds / seconds;
    return new Figure(
        workload,
        measure,
        "%.2f s".formatted(seconds),
        "%.2f s".formatted(rawSeconds),
        Math.round(ratio * 100) / 100.0,
        "at least %.2f of the bare client".formatted(least),
        ratio >= least);
  }

  Figure withRaw(String text) {
    return new Figure(workload, measure, value, text, ratio, mark, reached);
  }
}
