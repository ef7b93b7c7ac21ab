package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolution;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.source.SourceKind;
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
 * Reconciles a KnowledgeSource: resolves the references, reads the source, lists the documents of
 * the bot, uploads and removes the differences, and writes the status. Failures are thrown; {@link
 * #updateErrorStatus} translates them.
 */
@ControllerConfiguration(
    name = "knowledgesource",
    triggerReconcilerOnAllEvents = true,
    generationAwareEventProcessing = false)
final class KnowledgeSourceReconciler implements Reconciler<KnowledgeSource> {

  private static final Duration AT_ONCE = Duration.ofMillis(50);

  /** The end of the fetch requeues the source. */
  private static final Failure FETCHING =
      Failure.waiting(
          Reason.Ingesting,
          "The operator fetches the source, and uploads its documents when the fetch is complete.",
          Duration.ofHours(1));

  final SourceSynchronizer synchronizer;
  final KnowledgeDeletion deletion;
  final KnowledgeObject object;
  private final ChatbotRefResolver links;
  private final KnowledgeMemory memory;
  private final KnowledgeEventSources sources;
  private final ServerSideApply writes;
  private final DeletedObjects<KnowledgeSource> deleted = new DeletedObjects<>();

  KnowledgeSourceReconciler(
      ChatbotRefResolver links,
      SourceSynchronizer synchronizer,
      KnowledgeDeletion deletion,
      KnowledgeObject object,
      KnowledgeMemory memory,
      KnowledgeEventSources sources,
      ServerSideApply writes) {
    this.links = links;
    this.synchronizer = synchronizer;
    this.deletion = deletion;
    this.object = object;
    this.memory = memory;
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
      return UpdateControls.of(ServerSideApply.WHEN_CAUGHT_UP);
    }
    var bot = resolveBot(source);
    return bot instanceof ChatbotRefResolution.Linked(var linked)
        ? UpdateControls.of(advanceInBackground(source, linked))
        : UpdateControls.of(advance(source, bot));
  }

  /**
   * Reconciles with background priority, so that many documents keep threads free for interactive
   * requests. A fetched source takes its permit with its first request; other sources are read in
   * each reconciliation, so they need the permit before.
   */
  private Requeue advanceInBackground(KnowledgeSource source, LinkedBot bot) {
    var metadata = source.getMetadata();
    try (var permit =
        bot.connection()
            .account()
            .backgroundPermit(
                metadata.getNamespace(), metadata.getUid(), () -> sources.requeue(source))) {
      return SourceKind.of(source).isRemote() || permit.tryAcquire()
          ? advance(source, new ChatbotRefResolution.Linked(bot.inBackground(permit)))
          : Requeue.in(NoPermitException.LATER);
    } catch (NoPermitException e) {
      return Requeue.in(NoPermitException.LATER);
    }
  }

  private Requeue advance(KnowledgeSource source, ChatbotRefResolution bot) {
    var paused = sources.pauseOf(source);
    var titleOwner = sources.titleOwnerBefore(source);
    if (source.isMarkedForDeletion()) {
      return titleOwner.isPresent()
          ? deletion.release(source, titleOwner.get())
          : deletion.advance(source, bot, paused);
    }
    if (!KnowledgeMetadata.isDryRun(source) && mayClaim(source)) {
      object.metadata().claim(source);
      return ServerSideApply.WHEN_CAUGHT_UP;
    }
    object.restoreFinalizer(source);
    if (paused.isPresent()) {
      object.status().paused(source, paused.get());
      return Requeue.HOURLY;
    }
    if (titleOwner.isPresent()) {
      return reportFailure(source, titleConflict(titleOwner.get()));
    }
    return switch (bot) {
      case ChatbotRefResolution.Gone(var failure) -> reportFailure(source, failure);
      case ChatbotRefResolution.Waiting(var failure, _) -> reportFailure(source, failure);
      case ChatbotRefResolution.Linked(var linked) ->
          report(source, synchronizer.synchronize(source, linked));
    };
  }

  private static Failure titleConflict(KnowledgeSource owner) {
    return Failure.stalled(
        Reason.TitleConflict,
        "The titles of the documents cannot be distinguished from those of the KnowledgeSource %s of this Chatbot. Create this object with another name."
            .formatted(owner.getMetadata().getName()));
  }

  /** Returns whether the Chatbot of a restored source owns the bot by more than a record. */
  private boolean mayClaim(KnowledgeSource source) {
    return KnowledgeMetadata.isRestored(source)
        && sources.chatbotOf(source).filter(links::mayRemoveFrom).isPresent();
  }

  @Override
  public ErrorStatusUpdateControl<KnowledgeSource> updateErrorStatus(
      KnowledgeSource source, Context<KnowledgeSource> context, Exception e) {
    var thrown = Failure.unwrap(e);
    return UpdateControls.ofError(failed(source, Failure.of(thrown), thrown));
  }

  private Requeue failed(KnowledgeSource source, Failure failure, Exception e) {
    if (e instanceof SourceException) {
      memory.sourceCache().forget(source);
    } else {
      memory.sourceCache().finish(source, true);
    }
    if (source.isMarkedForDeletion()) {
      return deletion.blocked(source, failure, resolveBot(source));
    }
    var isNew = object.status().failed(source, failure, bot(source));
    ReconcileLog.unexpected(source, failure, isNew, e);
    return isRefutedByLists(source, failure) ? Requeue.BACKOFF : failure.next();
  }

  /** Returns the bot, if documents of the source may have arrived there. */
  private Optional<LinkedBot> bot(KnowledgeSource source) {
    return resolveBot(source) instanceof ChatbotRefResolution.Linked(var bot)
            && memory.hasSent(source, bot.botId())
        ? Optional.of(bot)
        : Optional.empty();
  }

  /**
   * Returns whether the inventory was read with the rejected API key since: its listeners were
   * notified before they could know of this failure.
   */
  private boolean isRefutedByLists(KnowledgeSource source, Failure failure) {
    return failure.reason() == Reason.CredentialsRejected
        && resolveBot(source) instanceof ChatbotRefResolution.Linked(var bot)
        && bot.connection().account().inventory().failure().isEmpty();
  }

  private Requeue report(KnowledgeSource source, IngestionResult outcome) {
    return switch (outcome) {
      case IngestionResult.Blocked(var failure) -> reportFailure(source, failure);
      case IngestionResult.ReadAgain() -> Requeue.in(AT_ONCE);
      case IngestionResult.Fetching() -> fetching(source);
      case IngestionResult.Previewed(var preview) -> {
        object.status().previewed(source, preview);
        yield Requeue.in(memory.untilRead(source));
      }
      case IngestionResult.Postponed(var wait) -> Requeue.in(wait);
      case IngestionResult.Advanced advanced -> {
        object.status().advanced(source, advanced);
        yield Requeue.in(memory.requeueAfter(source, advanced.progress()));
      }
    };
  }

  /**
   * Reports the fetch. A source that is Ready stays so while it is refreshed, but not while an edit
   * is read that a pause delayed.
   */
  private Requeue fetching(KnowledgeSource source) {
    if (KnowledgeMetadata.isDryRun(source)) {
      object.status().fetchingForPreview(source);
      return FETCHING.next();
    }
    var status = source.getStatus();
    var isReady =
        status != null
            && source.getMetadata().getGeneration().equals(status.observedGeneration())
            && Conditions.isTrue(status.conditions(), ConditionType.Ready)
            && !Conditions.hasReason(status.conditions(), ConditionType.Synced, Reason.Suspended);
    return isReady ? FETCHING.next() : reportFailure(source, FETCHING);
  }

  private Requeue reportFailure(KnowledgeSource source, Failure failure) {
    object.status().failed(source, failure);
    return failure.next();
  }

  private ChatbotRefResolution resolveBot(KnowledgeSource source) {
    var chatbot = sources.chatbotOf(source);
    Function<BackendKey, BackendResolution> backends = backend -> sources.resolve(source, backend);
    return source.isMarkedForDeletion()
        ? links.resolveRecorded(source, chatbot, backends)
        : links.follow(source, chatbot, backends);
  }

  private UpdateControl<KnowledgeSource> forget(KnowledgeSource source) {
    writes.forget(source);
    memory.forget(source);
    object.status().forget(source);
    sources.gone(source);
    return UpdateControl.noUpdate();
  }
}
