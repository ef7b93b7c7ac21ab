package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.backend.BackendEventTrigger;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolution;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.backend.NamespaceAccess;
import ai.okchat.operator.chatbot.ChatbotIndex;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.source.ContentLimits;
import ai.okchat.operator.knowledge.source.SourceReader;
import ai.okchat.operator.knowledge.source.SourceReader.Fetchers;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.kubernetes.SharedChatbotInformer;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;

/**
 * The knowledge reconciler, driven by a test one reconciliation at a time with a moved clock, on
 * the real API server and the sandbox. The operator of the fixture is stopped.
 */
final class DrivenSource implements AutoCloseable {

  private static final String NAME = "docs";

  private final OperatorFixture world;
  private final KnowledgeFixture knowledge;
  private final String botId;
  private final MovingClock clock = new MovingClock();
  private final AccountRegistry accounts =
      new AccountRegistry((_, _, _) -> {}, new BackgroundPermits(10), clock, clock);
  private final EventRecorder events;
  private KnowledgeSourceReconciler reconciler;

  DrivenSource(OperatorFixture world, KnowledgeFixture knowledge, String botId) {
    this.world = world;
    this.knowledge = knowledge;
    this.botId = botId;
    this.events = new EventRecorder(world.kubernetes(), clock);
    this.reconciler = newReconciler();
  }

  MovingClock clock() {
    return clock;
  }

  /** Starts the operator as a new process: with stored data only. */
  void restart() {
    reconciler = newReconciler();
  }

  /** Runs one reconciliation and translates its exceptions as the reconciler does. */
  IngestionResult pass() {
    var source = knowledge.source(NAME);
    try {
      var outcome = reconciler.synchronizer.synchronize(source, linked());
      report(source, outcome);
      return outcome;
    } catch (OkChatException e) {
      var failure = Failure.of(e);
      reconciler.object.status().failed(knowledge.source(NAME), failure);
      return new IngestionResult.Blocked(failure);
    }
  }

  /** Runs one reconciliation of a source that is being deleted. */
  void deletionPass() {
    reconciler.deletion.advance(
        knowledge.source(NAME), new ChatbotRefResolution.Linked(linked()), Optional.empty());
  }

  void passes(int times) {
    for (var i = 0; i < times; i++) {
      pass();
    }
  }

  private void report(KnowledgeSource source, IngestionResult outcome) {
    switch (outcome) {
      case IngestionResult.Advanced advanced ->
          reconciler.object.status().advanced(source, advanced);
      case IngestionResult.Previewed(var preview) ->
          reconciler.object.status().previewed(source, preview);
      case IngestionResult.Blocked(var failure) ->
          reconciler.object.status().failed(source, failure);
      case IngestionResult.ReadAgain(),
          IngestionResult.Fetching(),
          IngestionResult.Postponed(_) -> {}
    }
  }

  private LinkedBot linked() {
    return switch (connections()
        .of(world.backendObject(), new NamespaceAccess(world.namespace(), Map.of()))) {
      case BackendResolution.Connected(var connection) ->
          new LinkedBot(connection, botId, null, null);
      case BackendResolution.Denied(var failure) -> throw new AssertionError(failure.message());
      case BackendResolution.Unresolved(var failure) -> throw new AssertionError(failure.message());
    };
  }

  private BackendResolver connections() {
    return BackendResolver.create(
        world.kubernetes(), Set.of(), accounts, new OkHttpClient(), new Used());
  }

  private KnowledgeSourceReconciler newReconciler() {
    var http = new OkHttpClient();
    var policy = new AddressPolicy(List.of());
    var fetchers = new Fetchers(new WebFetcher(http, policy), new GitFetcher(http, policy));
    return new KnowledgeController(
            world.kubernetes(),
            connections(),
            new MetadataInformers(world.kubernetes()),
            new SharedChatbotInformer(),
            new ChatbotIndex(OtherShards.NONE),
            OtherShards.NONE,
            new KnowledgeIndex(),
            new KnowledgeEventTrigger(connections()),
            new BackendEventTrigger(_ -> Set.of()),
            new SourceReader(
                world.kubernetes(),
                Set.of(),
                fetchers,
                ContentLimits.ofMebibytes(25, 10_000, 2_048)),
            new ServerSideApply(world.kubernetes()),
            events,
            world.namespace(),
            false,
            clock)
        .newReconciler();
  }

  @Override
  public void close() {
    accounts.close();
    events.close();
  }

  private static final class Used implements BackendUsage {
    @Override
    public boolean isReferredTo(BackendKey backend) {
      return true;
    }

    @Override
    public boolean isUsed(BackendKey backend) {
      return true;
    }

    @Override
    public boolean isUsedElsewhere(BackendKey backend) {
      return false;
    }
  }
}
