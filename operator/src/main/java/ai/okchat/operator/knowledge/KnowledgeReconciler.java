package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.NoSeatException;
import ai.okchat.operator.backend.Resolution;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.knowledge.source.Sources;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * From one KnowledgeSource to documents of one bot: follow the references, read the source, ask the
 * bot for its documents, send and remove what differs, report. Failures are thrown; {@link
 * #updateErrorStatus} translates them.
 */
@ControllerConfiguration(
    name = "knowledgesource",
    triggerReconcilerOnAllEvents = true,
    generationAwareEventProcessing = false)
final class KnowledgeReconciler implements Reconciler<KnowledgeSource> {

  private static final Duration AT_ONCE = Duration.ofMillis(50);

  /** The end of the fetch requeues the source. */
  private static final Failure FETCHING =
      Failure.waiting(
          Reason.Ingesting,
          "The source is being fetched; its documents are uploaded when all of it is there.",
          Duration.ofHours(1));

  private final KnowledgeSteps steps;
  private final KnowledgeSources sources;
  private final OwnWrites writes;
  private final DeletedObjects<KnowledgeSource> deleted = new DeletedObjects<>();

  KnowledgeReconciler(KnowledgeSteps steps, KnowledgeSources sources, OwnWrites writes) {
    this.steps = steps;
    this.sources = sources;
    this.writes = writes;
  }

  @Override
  public List<EventSource<?, KnowledgeSource>> prepareEventSources(
      EventSourceContext<KnowledgeSource> context) {
    return Stream.concat(sources.prepare(context).stream(), Stream.of(deleted)).toList();
  }

  @Override
  public UpdateControl<KnowledgeSource> reconcile(
      KnowledgeSource source, Context<KnowledgeSource> context) {
    if (context.isPrimaryResourceDeleted()) {
      return forget(deleted.take(source));
    }
    if (writes.isStale(source)) {
      return next(OwnWrites.WHEN_CAUGHT_UP);
    }
    var bot = follow(source);
    return bot instanceof BotLink.Linked linked
        ? next(advanceUnhurried(source, linked))
        : next(advance(source, bot));
  }

  /**
   * Documents are many: what they need leaves threads to what people wait for. While a source is
   * fetched it needs nothing; other sources are read again in each pass, so only with a seat.
   */
  private Next advanceUnhurried(KnowledgeSource source, BotLink.Linked bot) {
    var uid = source.getMetadata().getUid();
    try (var seat = bot.connection().account().seat(uid, () -> sources.requeue(source))) {
      return Sources.isFetched(source) || seat.take()
          ? advance(source, bot.inBackground(seat))
          : Next.in(NoSeatException.LATER);
    } catch (NoSeatException e) {
      return Next.in(NoSeatException.LATER);
    }
  }

  private Next advance(KnowledgeSource source, BotLink bot) {
    var paused = Pause.of(source, source.getSpec().suspend(), sources.namespaceOf(source));
    if (source.isMarkedForDeletion()) {
      return steps.deletion().advance(source, bot, paused);
    }
    if (mayClaim(source)) {
      steps.object().metadata().claim(source);
      return OwnWrites.WHEN_CAUGHT_UP;
    }
    steps.object().holdAgain(source);
    if (paused.isPresent()) {
      steps.object().status().paused(source, paused.get());
      return Next.HOURLY;
    }
    return switch (bot) {
      case BotLink.Gone(var failure) -> held(source, failure);
      case BotLink.Waiting(var failure, _) -> held(source, failure);
      case BotLink.Linked linked -> report(source, steps.convergence().converge(source, linked));
    };
  }

  /** Whether the Chatbot of a restored source owns the bot by more than a record. */
  private boolean mayClaim(KnowledgeSource source) {
    return KnowledgeMetadata.isRestored(source)
        && sources.chatbotOf(source).filter(steps.links()::mayRemoveFrom).isPresent();
  }

  @Override
  public ErrorStatusUpdateControl<KnowledgeSource> updateErrorStatus(
      KnowledgeSource source, Context<KnowledgeSource> context, Exception e) {
    var thrown = Thrown.by(e);
    return switch (failed(source, Failure.of(thrown), thrown)) {
      case Next.Backoff() -> ErrorStatusUpdateControl.noStatusUpdate();
      case Next.Recheck(var after) ->
          ErrorStatusUpdateControl.<KnowledgeSource>noStatusUpdate()
              .rescheduleAfter(Jitter.of(after));
    };
  }

  private Next failed(KnowledgeSource source, Failure failure, Exception e) {
    if (e instanceof SourceException) {
      steps.memory().readings().forget(source);
    } else {
      steps.memory().readings().finish(source, true);
    }
    if (source.isMarkedForDeletion()) {
      return steps.deletion().blocked(source, failure, follow(source));
    }
    var isNews = steps.object().status().failed(source, failure, bot(source));
    Unforeseen.log(source, failure, isNews, e);
    return isRefutedByLists(source, failure) ? Next.BACKOFF : failure.next();
  }

  /** The bot, if documents of the source may have arrived there. */
  private Optional<BotLink.Linked> bot(KnowledgeSource source) {
    return follow(source) instanceof BotLink.Linked bot
            && steps.memory().hasSent(source, bot.botId())
        ? Optional.of(bot)
        : Optional.empty();
  }

  /** A key that lists are read with again: whoever was told of that did not know of this pass. */
  private boolean isRefutedByLists(KnowledgeSource source, Failure failure) {
    return failure.reason() == Reason.CredentialsRejected
        && follow(source) instanceof BotLink.Linked bot
        && bot.connection().account().inventory().failure().isEmpty();
  }

  private Next report(KnowledgeSource source, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Held(var failure) -> held(source, failure);
      case Outcome.ReadAgain() -> Next.in(AT_ONCE);
      case Outcome.Fetching() -> fetching(source);
      case Outcome.Advanced advanced -> {
        steps.object().status().advanced(source, advanced);
        var recheck = advanced.progress().recheck();
        yield Next.in(recheck.isZero() ? steps.memory().untilDue(source) : recheck);
      }
    };
  }

  /** A source that is Ready stays so while it is refreshed. */
  private Next fetching(KnowledgeSource source) {
    var status = source.getStatus();
    var isReady =
        status != null
            && source.getMetadata().getGeneration().equals(status.observedGeneration())
            && Conditions.isTrue(status.conditions(), ConditionType.Ready);
    return isReady ? FETCHING.next() : held(source, FETCHING);
  }

  private Next held(KnowledgeSource source, Failure failure) {
    steps.object().status().failed(source, failure);
    return failure.next();
  }

  private BotLink follow(KnowledgeSource source) {
    var chatbot = sources.chatbotOf(source);
    Function<BackendKey, Resolution> backends = backend -> sources.resolve(source, backend);
    return source.isMarkedForDeletion()
        ? steps.links().followRecord(source, chatbot, backends)
        : steps.links().follow(source, chatbot, backends);
  }

  private UpdateControl<KnowledgeSource> forget(KnowledgeSource source) {
    writes.forget(source);
    steps.memory().forget(source);
    steps.object().status().forget(source);
    sources.gone(source);
    return UpdateControl.noUpdate();
  }

  private static UpdateControl<KnowledgeSource> next(Next next) {
    return switch (next) {
      case Next.Backoff() ->
          UpdateControl.<KnowledgeSource>noUpdate().rescheduleAfter(Jitter.of(BackoffRetry.FIRST));
      case Next.Recheck(var after) ->
          UpdateControl.<KnowledgeSource>noUpdate().rescheduleAfter(Jitter.of(after));
    };
  }
}
