package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.operator.backend.BackendResolution.Connected;
import ai.okchat.operator.backend.BackendResolution.Unresolved;
import ai.okchat.operator.kubernetes.DeletedObjects;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.kubernetes.ReconcileLog;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.scheduling.Jitter;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Requeue;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;

/**
 * Reconciles a backend object of either kind. It is Ready if its Secret exists, the backend
 * responds and accepts the key. Objects that use the backend read {@link BackendResolver}, not this
 * status.
 */
final class BackendReconciliation<B extends BackendObject> {

  private static final Duration IN_USE_RECHECK = Duration.ofMinutes(1);

  private final BackendResolver connections;
  private final MetadataInformers references;
  private final BackendFinalizer finalizer;
  private final BackendStatusFactory report;
  private final SimpleInboundEventSource<B> events;
  private final ServerSideApply writes;
  private final DeletedObjects<B> deleted = new DeletedObjects<>();

  BackendReconciliation(
      BackendResolver connections,
      MetadataInformers references,
      BackendFinalizer finalizer,
      BackendStatusFactory report,
      SimpleInboundEventSource<B> events,
      ServerSideApply writes) {
    this.connections = connections;
    this.references = references;
    this.finalizer = finalizer;
    this.report = report;
    this.events = events;
    this.writes = writes;
  }

  List<EventSource<?, B>> prepareEventSources(EventSourceContext<B> context) {
    return List.of(
        references.secretsAnywhere(context, BackendRefs::secrets),
        references.configMapsAnywhere(context, BackendRefs::configMaps),
        events,
        deleted);
  }

  UpdateControl<B> reconcile(B backend, Context<B> context) {
    if (context.isPrimaryResourceDeleted()) {
      return forget(deleted.take(backend));
    }
    if (writes.isStale(backend)) {
      return next(ServerSideApply.WHEN_CAUGHT_UP);
    }
    if (backend.isMarkedForDeletion() && finalizer.isRemovable(backend)) {
      finalizer.remove(backend);
      return UpdateControl.noUpdate();
    }
    return next(check(backend));
  }

  ErrorStatusUpdateControl<B> failed(B backend, Exception thrown) {
    var e = Failure.unwrap(thrown);
    var failure = Failure.of(e);
    ReconcileLog.unexpected(backend, failure, report.failed(backend, failure, null), e);
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  private Requeue check(BackendObject backend) {
    if (backend.isMarkedForDeletion()) {
      connections.refresh(backend); // Blocked deletions may need a changed key.
      report.failed(backend, stillUsed(), null);
      return Requeue.in(IN_USE_RECHECK);
    }
    if (finalizer.isUsed(backend)) {
      finalizer.add(backend);
    }
    return switch (connections.refresh(backend)) {
      case Unresolved(var failure) -> {
        report.failed(backend, failure, null);
        yield failure.next();
      }
      case Connected(var connection) -> checkResponse(backend, connection);
    };
  }

  /** Checks the last list of the poll; reads a list itself only if the object changed. */
  private Requeue checkResponse(BackendObject backend, Connection connection) {
    var account = connection.account();
    if (!account.inventory().wasRequested() || isNewGeneration(backend)) {
      account.inventory().refresh();
    }
    var unavailable = account.rejection();
    var failure = account.inventory().failure().or(() -> unavailable);
    if (failure.isPresent()) {
      report.failed(backend, Failure.of(failure.get()), account.rateLimitedUntil().orElse(null));
    } else {
      connections.recordSuccess(connection);
      report.ready(backend, account);
    }
    return unavailable.map(error -> Failure.of(error).next()).orElse(Requeue.HOURLY);
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

  private UpdateControl<B> next(Requeue next) {
    return switch (next) {
      case Requeue.Recheck(var after) ->
          UpdateControl.<B>noUpdate().rescheduleAfter(Jitter.of(after));
      case Requeue.Backoff() -> UpdateControl.noUpdate();
    };
  }
}
