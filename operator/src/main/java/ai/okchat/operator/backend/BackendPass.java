package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.operator.backend.Resolution.Connected;
import ai.okchat.operator.backend.Resolution.Unresolved;
import ai.okchat.operator.status.DeletedObjects;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Jitter;
import ai.okchat.operator.status.Next;
import ai.okchat.operator.status.OwnWrites;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Thrown;
import ai.okchat.operator.status.Unforeseen;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;

/**
 * A backend object of either kind is Ready when its Secret is there, the backend answers and
 * accepts the key. Who uses it asks {@link Connections}, not this status.
 */
final class BackendPass<B extends BackendObject> {

  private static final Duration IN_USE_RECHECK = Duration.ofMinutes(1);

  private final Connections connections;
  private final ReferencedObjects references;
  private final BackendHold hold;
  private final BackendReport report;
  private final SimpleInboundEventSource<B> wakeUps;
  private final OwnWrites writes;
  private final DeletedObjects<B> deleted = new DeletedObjects<>();

  BackendPass(
      Connections connections,
      ReferencedObjects references,
      BackendHold hold,
      BackendReport report,
      SimpleInboundEventSource<B> wakeUps,
      OwnWrites writes) {
    this.connections = connections;
    this.references = references;
    this.hold = hold;
    this.report = report;
    this.wakeUps = wakeUps;
    this.writes = writes;
  }

  List<EventSource<?, B>> prepareEventSources(EventSourceContext<B> context) {
    return List.of(
        references.secretsAnywhere(context, BackendLinks::secrets),
        references.configMapsAnywhere(context, BackendLinks::configMaps),
        wakeUps,
        deleted);
  }

  UpdateControl<B> reconcile(B backend, Context<B> context) {
    if (context.isPrimaryResourceDeleted()) {
      return forget(deleted.take(backend));
    }
    if (writes.isStale(backend)) {
      return next(OwnWrites.WHEN_CAUGHT_UP);
    }
    if (backend.isMarkedForDeletion() && hold.mayGo(backend)) {
      hold.release(backend);
      return UpdateControl.noUpdate();
    }
    return next(check(backend));
  }

  ErrorStatusUpdateControl<B> failed(B backend, Exception thrown) {
    var e = Thrown.by(thrown);
    var failure = Failure.of(e);
    Unforeseen.log(backend, failure, report.failed(backend, failure, null), e);
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  private Next check(BackendObject backend) {
    if (backend.isMarkedForDeletion()) {
      connections.refresh(backend); // Deletions that wait for it may need a changed key.
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
  private Next checkAnswer(BackendObject backend, Connection connection) {
    var account = connection.account();
    if (!account.inventory().wasAsked() || isNewGeneration(backend)) {
      account.inventory().refresh();
    }
    var held = account.refusal();
    var failure = account.inventory().failure().or(() -> held);
    if (failure.isPresent()) {
      report.failed(backend, Failure.of(failure.get()), account.rateLimitedUntil().orElse(null));
    } else {
      connections.proved(connection);
      report.ready(backend, account);
    }
    return held.map(it -> Failure.of(it).next()).orElse(Next.HOURLY);
  }

  private UpdateControl<B> forget(B backend) {
    connections.forget(BackendKey.of(backend));
    writes.forget(backend);
    return UpdateControl.noUpdate();
  }

  private static boolean isNewGeneration(BackendObject backend) {
    var status = backend.getStatus();
    return status == null
        || !backend.getMetadata().getGeneration().equals(status.observedGeneration());
  }

  private static Failure stillUsed() {
    return Failure.stalled(
        Reason.InUse,
        "Chatbots or KnowledgeSources still use this backend. It is removed when the last of them"
            + " is deleted.");
  }

  private UpdateControl<B> next(Next next) {
    return switch (next) {
      case Next.Recheck(var after) -> UpdateControl.<B>noUpdate().rescheduleAfter(Jitter.of(after));
      case Next.Backoff() -> UpdateControl.noUpdate();
    };
  }
}
