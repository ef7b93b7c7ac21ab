package ai.okchat.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.slf4j.spi.LoggingEventBuilder;

/** What every log line about an object begins with. */
final class ObjectLine {

  private ObjectLine() {}

  static LoggingEventBuilder about(HasMetadata object, LoggingEventBuilder line) {
    var metadata = object.getMetadata();
    return line.addKeyValue("kind", object.getKind())
        .addKeyValue("namespace", metadata.getNamespace())
        .addKeyValue("name", metadata.getName());
  }
}
