package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.operator.backend.Resolution.Connected;
import ai.okchat.operator.backend.Resolution.Unresolved;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Next;
import ai.okchat.operator.status.OwnWrites;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Thrown;
import ai.okchat.operator.status.Unforeseen;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;

/**
 * A ChatbotBackend is Ready when its Secret is there, the backend answers and accepts the key. Who
 * uses it asks {@link Connections}, not this status.
 */
@ControllerConfiguration(name = "chatbotbackend", triggerReconcilerOnAllEvents = true)
final class ChatbotBackendReconciler implements Reconciler<ChatbotBackend> {

  private static final Duration IN_USE_RECHECK = Duration.ofMinutes(1);

  private final Connections connections;
  private final BackendHold hold;
  private final BackendReport report;
  private final BackendWaker waker;
  private final OwnWrites writes;

  ChatbotBackendReconciler(
      Connections connections,
      BackendHold hold,
      BackendReport report,
      BackendWaker waker,
      OwnWrites writes) {
    this.connections = connections;
    this.hold = hold;
    this.report = report;
    this.waker = waker;
    this.writes = writes;
  }

  @Override
  public List<EventSource<?, ChatbotBackend>> prepareEventSources(
      EventSourceContext<ChatbotBackend> context) {
    return List.of(
        ReferencedObjects.watch(context, Secret.class, BackendNames::secrets),
        ReferencedObjects.watch(context, ConfigMap.class, BackendNames::configMaps),
        waker.eventSource());
  }

  @Override
  public UpdateControl<ChatbotBackend> reconcile(
      ChatbotBackend backend, Context<ChatbotBackend> context) {
    if (context.isPrimaryResourceDeleted()) {
      return forget(backend);
    }
    if (writes.isStale(backend)) {
      return next(OwnWrites.WHEN_CAUGHT_UP);
    }
    if (backend.isMarkedForDeletion() && !hold.isUsed(backend)) {
      hold.release(backend);
      return UpdateControl.noUpdate();
    }
    return next(check(backend));
  }

  @Override
  public ErrorStatusUpdateControl<ChatbotBackend> updateErrorStatus(
      ChatbotBackend backend, Context<ChatbotBackend> context, Exception thrown) {
    var e = Thrown.by(thrown);
    var failure = Failure.of(e);
    Unforeseen.log(backend, failure, report.failed(backend, failure, null), e);
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  private Next check(ChatbotBackend backend) {
    if (backend.isMarkedForDeletion()) {
      report.failed(backend, stillUsed(), null);
      return Next.in(IN_USE_RECHECK);
    }
    if (hold.isUsed(backend)) {
      hold.take(backend);
    }
    return switch (connections.refresh(backend)) {
      case Unresolved(var failure) -> {
        report.failed(backend, failure, null);
        yield failure.next();
      }
      case Connected(var connection) -> checkAnswer(backend, connection);
    };
  }

  /** The poll is the probe; only a change of the object asks beside it. */
  private Next checkAnswer(ChatbotBackend backend, Connection connection) {
    var account = connection.account();
    if (!account.inventory().wasAsked() || isNewGeneration(backend)) {
      account.inventory().refresh();
    }
    var failure = account.inventory().failure();
    if (failure.isPresent()) {
      report.failed(backend, Failure.of(failure.get()), account.rateLimitedUntil().orElse(null));
    } else {
      connections.proved(connection);
      report.ready(backend, account);
    }
    return Next.HOURLY;
  }

  private UpdateControl<ChatbotBackend> forget(ChatbotBackend backend) {
    connections.forget(BackendKey.of(backend));
    writes.forget(backend);
    return UpdateControl.noUpdate();
  }

  private static boolean isNewGeneration(ChatbotBackend backend) {
    var status = backend.getStatus();
    return status == null
        || !backend.getMetadata().getGeneration().equals(status.observedGeneration());
  }

  private static Failure stillUsed() {
    return Failure.stalled(
        Reason.InUse,
        "Chatbots still refer to this backend; it goes when the last of them is gone. Delete them,"
            + " or let them refer to another backend.");
  }

  private static UpdateControl<ChatbotBackend> next(Next next) {
    return switch (next) {
      case Next.Recheck(var after) ->
          UpdateControl.<ChatbotBackend>noUpdate().rescheduleAfter(after);
      case Next.Backoff() -> UpdateControl.noUpdate();
    };
  }
}
