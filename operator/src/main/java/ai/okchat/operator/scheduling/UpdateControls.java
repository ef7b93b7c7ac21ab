package ai.okchat.operator.scheduling;

import ai.okchat.operator.status.Requeue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/**
 * Converts a requeue to the result of a reconciliation. The reconcilers write the status by
 * themselves, so no result asks the framework for an update.
 */
public final class UpdateControls {

  private UpdateControls() {}

  /** Returns the result of a reconciliation that succeeded. */
  public static <P extends HasMetadata> UpdateControl<P> of(Requeue requeue) {
    return switch (requeue) {
      case Requeue.Backoff() ->
          UpdateControl.<P>noUpdate().rescheduleAfter(Jitter.of(BackoffRetry.FIRST));
      case Requeue.Recheck(var after) ->
          UpdateControl.<P>noUpdate().rescheduleAfter(Jitter.of(after));
    };
  }

  /** Returns the result of a reconciliation that threw: {@link BackoffRetry} knows the delay. */
  public static <P extends HasMetadata> ErrorStatusUpdateControl<P> ofError(Requeue requeue) {
    return switch (requeue) {
      case Requeue.Backoff() -> ErrorStatusUpdateControl.noStatusUpdate();
      case Requeue.Recheck(var after) ->
          ErrorStatusUpdateControl.<P>noStatusUpdate().rescheduleAfter(Jitter.of(after));
    };
  }
}
