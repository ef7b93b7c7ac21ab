package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.knowledge.source.Source.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Reads files and failures from the content of a source. */
final class Contents {

  /** Default limits of the operator. */
  static final ContentLimits LIMITS = ContentLimits.ofMebibytes(25, 10_000, 2_048);

  private Contents() {}

  static Snapshot snapshot(Reading reading) {
    return switch (reading) {
      case Reading.Read(var snapshot) -> snapshot;
      case Reading.Missing(var failure) -> throw new AssertionError(failure.message());
      case Reading.Outdated() -> throw new AssertionError("the spec was changed");
    };
  }

  /** The texts of the documents by their names. */
  static Map<String, String> texts(Reading reading) {
    var texts = new TreeMap<String, String>();
    for (var document : snapshot(reading).documents()) {
      try (var in = document.content().source().open()) {
        texts.put(document.name(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return texts;
  }

  /** Returns the reasons for which files cannot be sent, by their names. */
  static Map<String, String> reasons(Reading reading) {
    var reasons = new TreeMap<String, String>();
    snapshot(reading).unusable().forEach(file -> reasons.put(file.name(), file.why()));
    return reasons;
  }
}
