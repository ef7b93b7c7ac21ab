package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.NoSeatException;
import ai.okchat.operator.backend.Resolution.Connected;
import ai.okchat.operator.backend.Resolution.Denied;
import ai.okchat.operator.backend.Resolution.Unresolved;
import ai.okchat.operator.status.BackoffRetry;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.DeletedObjects;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Jitter;
import ai.okchat.operator.status.Next;
import ai.okchat.operator.status.OwnWrites;
import ai.okchat.operator.status.Pause;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Thrown;
import ai.okchat.operator.status.Unforeseen;
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
 * From one Chatbot to one bot: resolve what the spec names, observe what the backend has, derive
 * what is desired, apply what differs, report. Failures are thrown; {@link #updateErrorStatus}
 * translates them.
 */
@ControllerConfiguration(
    name = "chatbot",
    triggerReconcilerOnAllEvents = true,
    generationAwareEventProcessing = false)
final class ChatbotReconciler implements Reconciler<Chatbot> {

  private final BackendHold hold;
  private final ChatbotSteps steps;
  private final ChatbotSources sources;
  private final OwnWrites writes;
  private final DeletedObjects<Chatbot> deleted = new DeletedObjects<>();

  ChatbotReconciler(
      BackendHold hold, ChatbotSteps steps, ChatbotSources sources, OwnWrites writes) {
    this.hold = hold;
    this.steps = steps;
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
      return next(OwnWrites.WHEN_CAUGHT_UP);
    }
    var backend = sources.backendOf(chatbot);
    var resolution = sources.resolve(chatbot, backend);
    var paused = Pause.of(chatbot, chatbot.getSpec().suspend(), sources.namespaceOf(chatbot));
    if (chatbot.isMarkedForDeletion()) {
      return next(steps.deletion().advance(chatbot, resolution, paused));
    }
    if (paused.isPresent()) {
      steps.object().holdAgain(chatbot);
      steps.object().status().paused(chatbot, paused.get());
      return next(Next.HOURLY);
    }
    return switch (resolution) {
      case Denied(var failure) -> next(held(chatbot, failure));
      case Unresolved(var failure) -> next(held(chatbot, failure));
      case Connected(var connection) -> next(converge(chatbot, connection, backend));
    };
  }

  @Override
  public ErrorStatusUpdateControl<Chatbot> updateErrorStatus(
      Chatbot chatbot, Context<Chatbot> context, Exception thrown) {
    var e = Thrown.by(thrown);
    var unfinished = e instanceof UnfinishedException it ? it : null;
    var failure = Failure.of(unfinished == null ? e : unfinished.failure());
    var next = failed(chatbot, failure, unfinished == null ? null : unfinished.known(), e);
    return switch (next) {
      case Next.Backoff() -> ErrorStatusUpdateControl.noStatusUpdate();
      case Next.Recheck(var after) ->
          ErrorStatusUpdateControl.<Chatbot>noStatusUpdate().rescheduleAfter(Jitter.of(after));
    };
  }

  private Next failed(
      Chatbot chatbot, Failure failure, @Nullable ChatbotStatus known, Exception e) {
    if (chatbot.isMarkedForDeletion()) {
      return steps.deletion().blocked(chatbot, failure);
    }
    var status = steps.object().status();
    var isNews =
        known == null ? status.failed(chatbot, failure) : status.failed(chatbot, failure, known);
    Unforeseen.log(chatbot, failure, isNews, e);
    return failure.next();
  }

  private Next converge(Chatbot chatbot, Connection connection, Optional<BackendObject> backend) {
    return switch (steps.references().resolve(chatbot)) {
      case ChatbotReferences.Resolved.Missing(var failure) -> held(chatbot, failure);
      case ChatbotReferences.Resolved.Outdated() -> OwnWrites.WHEN_CAUGHT_UP;
      case ChatbotReferences.Resolved.Values(var inputs) -> {
        var desired = Desired.of(chatbot.getSpec(), inputs);
        yield isSettled(chatbot, desired)
            ? checkUnhurried(chatbot, connection, desired, backend)
            : converge(chatbot, connection, desired, backend, false);
      }
    };
  }

  /** Nobody waits for a bot that was in sync: what it needs leaves threads and turns to others. */
  private Next checkUnhurried(
      Chatbot chatbot, Connection connection, Desired desired, Optional<BackendObject> backend) {
    var uid = chatbot.getMetadata().getUid();
    try (var seat = connection.account().seat(uid, () -> sources.requeue(chatbot))) {
      return converge(chatbot, connection.inBackground(seat), desired, backend, true);
    } catch (NoSeatException e) {
      return Next.in(NoSeatException.LATER);
    }
  }

  private Next converge(
      Chatbot chatbot,
      Connection connection,
      Desired desired,
      Optional<BackendObject> backend,
      boolean settled) {
    var observed = steps.observer().observe(chatbot, connection, settled);
    backend.filter(_ -> observed.isDefinite()).ifPresent(hold::take);
    return report(chatbot, steps.convergence().converge(chatbot, connection, desired, observed));
  }

  private Next report(Chatbot chatbot, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Matched matched -> {
        steps.object().status().matched(chatbot, matched);
        yield matched.why() == Reason.DriftContested ? Next.in(DriftHistory.WINDOW) : Next.HOURLY;
      }
      case Outcome.Held(var failure, var known) -> {
        steps.object().status().failed(chatbot, failure, known);
        yield failure.next();
      }
      case Outcome.Unchanged(var recheck) -> Next.in(recheck);
    };
  }

  private Next held(Chatbot chatbot, Failure failure) {
    steps.object().status().failed(chatbot, failure);
    return failure.next();
  }

  private UpdateControl<Chatbot> forget(Chatbot chatbot) {
    writes.forget(chatbot);
    steps.convergence().forget(chatbot.getMetadata().getUid());
    sources.wakeAfter(chatbot);
    return UpdateControl.noUpdate();
  }

  /** Whether these inputs were applied and nothing was wrong when the bot was last looked at. */
  private static boolean isSettled(Chatbot chatbot, Desired desired) {
    var status = chatbot.getStatus();
    return desired.isApplied(status) && Conditions.isTrue(status.conditions(), ConditionType.Ready);
  }

  private static UpdateControl<Chatbot> next(Next next) {
    return switch (next) {
      case Next.Backoff() ->
          UpdateControl.<Chatbot>noUpdate().rescheduleAfter(Jitter.of(BackoffRetry.FIRST));
      case Next.Recheck(var after) ->
          UpdateControl.<Chatbot>noUpdate().rescheduleAfter(Jitter.of(after));
    };
  }
}
