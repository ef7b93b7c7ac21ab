package ai.okchat.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at debug level why a pass does what it does: in names of cases and fields, never values. */
public final class Decision {

  private static final Logger log = LoggerFactory.getLogger(Decision.class);

  private Decision() {}

  /**
   * One step of a pass.
   *
   * @param because what it went by; asked for at debug level only
   */
  public static void explain(HasMetadata about, String step, Supplier<Map<String, ?>> because) {
    if (!log.isDebugEnabled()) {
      return;
    }
    var line =
        ObjectLine.about(about, log.atDebug())
            .addKeyValue("generation", about.getMetadata().getGeneration());
    for (var reason : because.get().entrySet()) {
      line = line.addKeyValue(reason.getKey(), reason.getValue());
    }
    line.log(step);
  }
}
