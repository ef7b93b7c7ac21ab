package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.backend.BackendFinalizer;
import ai.okchat.operator.backend.BackendResolution.Connected;
import ai.okchat.operator.backend.BackendResolution.Denied;
import ai.okchat.operator.backend.BackendResolution.Unresolved;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.kubernetes.DeletedObjects;
import ai.okchat.operator.kubernetes.ReconcileLog;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.scheduling.NoPermitException;
import ai.okchat.operator.scheduling.UpdateControls;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Requeue;
import ai.okchat.planning.DesiredBot;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles one Chatbot with one bot: resolves the references of the spec, observes the bot,
 * derives the desired bot, applies the differences, and reports the result. Failures are thrown;
 * {@link #updateErrorStatus} translates them.
 */
@ControllerConfiguration(
    name = "chatbot",
    triggerReconcilerOnAllEvents = true,
    generationAwareEventProcessing = false)
final class ChatbotReconciler implements Reconciler<Chatbot> {

  private final BackendFinalizer backendFinalizer;
  private final ChatbotReferences references;
  private final BotObserver observer;
  private final BotSynchronizer synchronizer;
  private final ChatbotDeletion deletion;
  private final ChatbotObject object;
  private final ChatbotEventSources sources;
  private final ServerSideApply writes;
  private final DeletedObjects<Chatbot> deleted = new DeletedObjects<>();

  ChatbotReconciler(
      BackendFinalizer backendFinalizer,
      ChatbotReferences references,
      BotObserver observer,
      BotSynchronizer synchronizer,
      ChatbotDeletion deletion,
      ChatbotObject object,
      ChatbotEventSources sources,
      ServerSideApply writes) {
    this.backendFinalizer = backendFinalizer;
    this.references = references;
    this.observer = observer;
    this.synchronizer = synchronizer;
    this.deletion = deletion;
    this.object = object;
    this.sources = sources;
    this.writes = writes;
  }

  @Override
  public List<EventSource<?, Chatbot>> prepareEventSources(EventSourceContext<Chatbot> context) {
    return Stream.concat(sources.prepare(context).stream(), Stream.of(deleted)).toList();
  }

  @Override
  public UpdateControl<Chatbot> reconcile(Chatbot chatbot, Context<Chatbot> context) {
    if (context.isPrimaryResourceDeleted()) {
      return forget(deleted.take(chatbot));
    }
    if (writes.isStale(chatbot)) {
      return UpdateControls.of(ServerSideApply.WHEN_CAUGHT_UP);
    }
    var backend = sources.backendOf(chatbot);
    var resolution = sources.resolve(chatbot, backend);
    var paused = sources.pauseOf(chatbot);
    if (chatbot.isMarkedForDeletion()) {
      return UpdateControls.of(deletion.advance(chatbot, resolution, paused));
    }
    if (paused.isPresent()) {
      object.restoreFinalizer(chatbot);
      object.status().paused(chatbot, paused.get());
      return UpdateControls.of(Requeue.HOURLY);
    }
    return switch (resolution) {
      case Denied(var failure) -> UpdateControls.of(blocked(chatbot, failure));
      case Unresolved(var failure) -> UpdateControls.of(blocked(chatbot, failure));
      case Connected(var connection) ->
          UpdateControls.of(synchronize(chatbot, connection, backend));
    };
  }

  @Override
  public ErrorStatusUpdateControl<Chatbot> updateErrorStatus(
      Chatbot chatbot, Context<Chatbot> context, Exception thrown) {
    var e = Failure.unwrap(thrown);
    var partial = e instanceof PartialSyncException exception ? exception : null;
    var failure = Failure.of(partial == null ? e : partial.failure());
    return UpdateControls.ofError(
        failed(chatbot, failure, partial == null ? null : partial.known(), e));
  }

  private Requeue failed(
      Chatbot chatbot, Failure failure, @Nullable ChatbotStatus known, Exception e) {
    if (chatbot.isMarkedForDeletion()) {
      return deletion.blocked(chatbot, failure);
    }
    var status = object.status();
    var isNew =
        known == null ? status.failed(chatbot, failure) : status.failed(chatbot, failure, known);
    ReconcileLog.unexpected(chatbot, failure, isNew, e);
    return failure.next();
  }

  private Requeue synchronize(
      Chatbot chatbot, Connection connection, Optional<BackendObject> backend) {
    return switch (references.resolve(chatbot)) {
      case ChatbotReferences.Resolved.Missing(var failure) -> blocked(chatbot, failure);
      case ChatbotReferences.Resolved.Outdated() -> ServerSideApply.WHEN_CAUGHT_UP;
      case ChatbotReferences.Resolved.Values(var inputs) -> {
        var desired = DesiredBot.of(chatbot.getSpec(), inputs);
        yield isSettled(chatbot, desired)
            ? synchronizeInBackground(chatbot, connection, desired, backend)
            : synchronize(chatbot, connection, desired, backend, false);
      }
    };
  }

  /** Uses background priority for a bot that was in sync: no user waits for it. */
  private Requeue synchronizeInBackground(
      Chatbot chatbot, Connection connection, DesiredBot desired, Optional<BackendObject> backend) {
    var metadata = chatbot.getMetadata();
    try (var permit =
        connection
            .account()
            .backgroundPermit(
                metadata.getNamespace(), metadata.getUid(), () -> sources.requeue(chatbot))) {
      return synchronize(chatbot, connection.inBackground(permit), desired, backend, true);
    } catch (NoPermitException e) {
      return Requeue.in(NoPermitException.LATER);
    }
  }

  private Requeue synchronize(
      Chatbot chatbot,
      Connection connection,
      DesiredBot desired,
      Optional<BackendObject> backend,
      boolean settled) {
    var observation = observer.observe(chatbot, connection, settled);
    backend.filter(_ -> observation.isDefinite()).ifPresent(backendFinalizer::add);
    return report(chatbot, synchronizer.synchronize(chatbot, connection, desired, observation));
  }

  private Requeue report(Chatbot chatbot, SyncResult result) {
    return switch (result) {
      case SyncResult.Matched matched -> {
        object.status().matched(chatbot, matched);
        yield matched.why() == Reason.DriftRecurring
            ? Requeue.in(DriftHistory.WINDOW)
            : Requeue.HOURLY;
      }
      case SyncResult.Blocked(var failure, var known) -> {
        object.status().failed(chatbot, failure, known);
        yield failure.next();
      }
      case SyncResult.Unchanged(var delay) -> Requeue.in(delay);
    };
  }

  private Requeue blocked(Chatbot chatbot, Failure failure) {
    object.status().failed(chatbot, failure);
    return failure.next();
  }

  private UpdateControl<Chatbot> forget(Chatbot chatbot) {
    writes.forget(chatbot);
    synchronizer.forget(chatbot.getMetadata().getUid());
    sources.triggerAfterDeletion(chatbot);
    return UpdateControl.noUpdate();
  }

  /** Returns whether these inputs were applied and the bot was ready at its last check. */
  private static boolean isSettled(Chatbot chatbot, DesiredBot desired) {
    var status = chatbot.getStatus();
    return desired.isApplied(status) && Conditions.isTrue(status.conditions(), ConditionType.Ready);
  }
}
