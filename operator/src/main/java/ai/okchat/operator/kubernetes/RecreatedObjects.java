package ai.okchat.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Repeats the event of an object that was created while another object of the same name was
 * reconciled and deleted. The framework keeps one state for each name: it calls the reconciler
 * once, as if the new object were deleted, and drops the events of both. It reports the end of that
 * cleanup to its metrics.
 */
public final class RecreatedObjects implements Metrics {

  private final Map<Object, ControllerEventSource<?>> informers = new ConcurrentHashMap<>();

  @Override
  public void controllerRegistered(Controller<? extends HasMetadata> controller) {
    informers.put(
        controller.getConfiguration().getName(),
        controller.getEventSourceManager().getControllerEventSource());
  }

  @Override
  public void cleanupDone(ResourceID id, Map<String, Object> metadata) {
    var informer = informers.get(metadata.get(Constants.CONTROLLER_NAME));
    if (informer != null) {
      repeat(informer, id);
    }
  }

  private static <P extends HasMetadata> void repeat(
      ControllerEventSource<P> informer, ResourceID id) {
    informer.get(id).ifPresent(informer::onAdd);
  }
}
