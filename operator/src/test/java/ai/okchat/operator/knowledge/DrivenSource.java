package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.Accounts;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.backend.BackendWaker;
import ai.okchat.operator.backend.ChatbotWatch;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.ReferencedObjects;
import ai.okchat.operator.backend.Resolution;
import ai.okchat.operator.backend.Seats;
import ai.okchat.operator.backend.Tenant;
import ai.okchat.operator.chatbot.ChatbotIndex;
import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.GitFetcher;
import ai.okchat.operator.fetch.WebFetcher;
import ai.okchat.operator.knowledge.source.ContentLimits;
import ai.okchat.operator.knowledge.source.Sources;
import ai.okchat.operator.knowledge.source.Sources.Fetchers;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.status.EventRecorder;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.OwnWrites;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.operator.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;

/**
 * The parts of the operator that deal with documents, driven pass by pass with a clock that a test
 * moves, on the real API server and the sandbox. The operator of the world is stopped.
 */
final class DrivenSource implements AutoCloseable {

  private static final String NAME = "docs";

  private final World world;
  private final KnowledgeWorld knowledge;
  private final String botId;
  private final MovingClock clock = new MovingClock();
  private final Accounts accounts = new Accounts((_, _, _) -> {}, new Seats(10), clock, clock);
  private final EventRecorder events;
  private KnowledgeSteps steps;

  DrivenSource(World world, KnowledgeWorld knowledge, String botId) {
    this.world = world;
    this.knowledge = knowledge;
    this.botId = botId;
    this.events = new EventRecorder(world.kubernetes(), clock);
    this.steps = newSteps();
  }

  MovingClock clock() {
    return clock;
  }

  /** The operator as a new process would start: it knows only what is stored. */
  void restart() {
    steps = newSteps();
  }

  /** One pass; what it throws is translated as the reconciler would. */
  Outcome pass() {
    var source = knowledge.source(NAME);
    try {
      var outcome = steps.convergence().converge(source, linked());
      report(source, outcome);
      return outcome;
    } catch (OkChatException e) {
      var failure = Failure.of(e);
      steps.object().status().failed(knowledge.source(NAME), failure);
      return new Outcome.Held(failure);
    }
  }

  /** One pass over a source that is being deleted. */
  void deletionPass() {
    steps.deletion().advance(knowledge.source(NAME), linked(), Optional.empty());
  }

  void passes(int times) {
    for (var i = 0; i < times; i++) {
      pass();
    }
  }

  private void report(KnowledgeSource source, Outcome outcome) {
    switch (outcome) {
      case Outcome.Advanced advanced -> steps.object().status().advanced(source, advanced);
      case Outcome.Held(var failure) -> steps.object().status().failed(source, failure);
      case Outcome.ReadAgain(), Outcome.Fetching() -> {}
    }
  }

  private BotLink.Linked linked() {
    return switch (connections()
        .of(world.backendObject(), new Tenant(world.namespace(), Map.of()))) {
      case Resolution.Connected(var connection) ->
          new BotLink.Linked(connection, botId, null, null);
      case Resolution.Denied(var failure) -> throw new AssertionError(failure.message());
      case Resolution.Unresolved(var failure) -> throw new AssertionError(failure.message());
    };
  }

  private Connections connections() {
    return Connections.create(
        world.kubernetes(), Set.of(), accounts, new OkHttpClient(), new Used());
  }

  private KnowledgeSteps newSteps() {
    var http = new OkHttpClient();
    var policy = new AddressPolicy(List.of());
    var fetchers = new Fetchers(new WebFetcher(http, policy), new GitFetcher(http, policy));
    return new KnowledgeController(
            world.kubernetes(),
            connections(),
            new ReferencedObjects(world.kubernetes()),
            new ChatbotWatch(),
            new ChatbotIndex(OtherShards.NONE),
            OtherShards.NONE,
            new KnowledgeIndex(),
            new KnowledgeWaker(connections()),
            new BackendWaker(_ -> Set.of()),
            new Sources(
                world.kubernetes(),
                Set.of(),
                fetchers,
                ContentLimits.ofMebibytes(25, 10_000, 2_048)),
            new OwnWrites(world.kubernetes()),
            events,
            world.namespace(),
            false,
            clock)
        .steps();
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
