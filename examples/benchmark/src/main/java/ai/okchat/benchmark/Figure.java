package ai.okchat.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param workload what was done
 * @param measure what was measured
 * @param value what the operator reached, with its unit
 * @param raw what a bare client reached in the same run, where there is such a thing
 * @param ratio of the operator's to the bare client's, 1 is as good; null where there is none
 * @param mark what is to be reached
 * @param reached whether it was; null where there is no mark
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

  /** A figure that only tells. */
  static Figure told(String workload, String measure, String value) {
    return new Figure(workload, measure, value, null, null, null, null);
  }

  /** A figure with a most or an exact value. */
  static Figure marked(
      String workload, String measure, String value, String mark, boolean reached) {
    return new Figure(workload, measure, value, null, null, mark, reached);
  }

  /** Seconds of a bare client against those of the operator. */
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
