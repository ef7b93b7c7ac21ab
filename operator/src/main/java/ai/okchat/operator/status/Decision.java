package ai.okchat.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at debug level why a pass does what it does: in names of cases and fields, never values. */
public final class Decision {

  private static final Logger log = LoggerFactory.getLogger(Decision.class);

  private Decision() {}

  /**
   * One step of a pass.
   *
   * @param because what it went by
   */
  public static void explain(HasMetadata about, String step, Map<String, ?> because) {
    if (!log.isDebugEnabled()) {
      return;
    }
    var metadata = about.getMetadata();
    var line =
        log.atDebug()
            .addKeyValue("kind", about.getKind())
            .addKeyValue("namespace", metadata.getNamespace())
            .addKeyValue("name", metadata.getName())
            .addKeyValue("generation", metadata.getGeneration());
    for (var reason : because.entrySet()) {
      line = line.addKeyValue(reason.getKey(), reason.getValue());
    }
    line.log(step);
  }
}
