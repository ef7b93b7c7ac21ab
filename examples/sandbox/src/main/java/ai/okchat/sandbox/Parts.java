package ai.okchat.sandbox;

import ai.okchat.sandbox.chatbot.AppearanceEndpoints;
import ai.okchat.sandbox.chatbot.ChatbotEndpoints;
import ai.okchat.sandbox.chatbot.ChatbotRemoval;
import ai.okchat.sandbox.chatbot.NewChatbots;
import ai.okchat.sandbox.chatbot.OwnedChatbots;
import ai.okchat.sandbox.conversation.AnswerWriter;
import ai.okchat.sandbox.conversation.ConversationEndpoints;
import ai.okchat.sandbox.dashboard.ChatbotControls;
import ai.okchat.sandbox.dashboard.ControlRoute;
import ai.okchat.sandbox.dashboard.DocumentControls;
import ai.okchat.sandbox.dashboard.KeyControls;
import ai.okchat.sandbox.dashboard.ResetControl;
import ai.okchat.sandbox.dashboard.SwitchControls;
import ai.okchat.sandbox.dashboard.TestControls;
import ai.okchat.sandbox.gateway.Gateway;
import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.http.EndpointHandler;
import ai.okchat.sandbox.knowledge.DocumentReading;
import ai.okchat.sandbox.knowledge.KnowledgeBase;
import ai.okchat.sandbox.knowledge.KnowledgeEndpoints;
import ai.okchat.sandbox.knowledge.PassageIndex;
import ai.okchat.sandbox.store.Database;
import ai.okchat.sandbox.store.Organization;
import ai.okchat.sandbox.text.TextReader;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Creates and connects the parts of the sandbox. */
final class Parts {
  private final Stores stores;
  private final Live live;
  private final Clock clock;
  private final AnswerWriter writer;
  private final PassageIndex index;
  private final DocumentReading reading;
  private final KnowledgeBase knowledge;
  private final NewChatbots newChatbots;
  private final ChatbotRemoval removal;

  Parts(Stores stores, Live live, AnswerWriter writer, Clock clock) {
    this.stores = stores;
    this.live = live;
    this.clock = clock;
    this.writer = writer;
    this.index = new PassageIndex(stores.documents());
    this.reading =
        new DocumentReading(
            stores.documents(), stores.readings(), index, new TextReader(TextReader.LIMIT));
    this.knowledge = new KnowledgeBase(stores.documents(), index, reading, live.switches(), clock);
    this.newChatbots = new NewChatbots(stores.chatbots(), live.switches(), clock);
    this.removal = new ChatbotRemoval(stores.chatbots(), index::forget);
  }

  Stores stores() {
    return stores;
  }

  Gateway gateway() {
    return new Gateway(live.keys(), live.faults(), live.journal(), live.switches(), clock);
  }

  /** Returns the handlers of all 17 endpoints. */
  Map<Endpoint, EndpointHandler> endpoints() {
    var bots = stores.chatbots();
    var owned = new OwnedChatbots(bots);
    var switches = live.switches();
    var handlers = new EnumMap<Endpoint, EndpointHandler>(Endpoint.class);
    handlers.putAll(new ChatbotEndpoints(bots, newChatbots, removal, switches, clock).handlers());
    handlers.putAll(new AppearanceEndpoints(bots, stores.avatars(), switches).handlers());
    handlers.putAll(new KnowledgeEndpoints(owned, knowledge, switches).handlers());
    handlers.putAll(
        new ConversationEndpoints(owned, knowledge, writer, stores.conversations(), clock)
            .handlers());
    return handlers;
  }

  /** Returns all routes under {@code /sandbox/}. */
  List<ControlRoute> controls(SandboxOptions options, Database database, Organization byDefault) {
    var organizations = stores.organizations();
    return Stream.of(
            new TestControls(live.faults(), live.journal()).routes(),
            new ChatbotControls(stores.chatbots(), newChatbots, removal, organizations, byDefault)
                .routes(),
            new DocumentControls(stores.chatbots(), knowledge).routes(),
            new SwitchControls(live.switches()).routes(),
            new KeyControls(live.keys(), organizations).routes(),
            ResetControl.routes(() -> reset(options, database)))
        .flatMap(List::stream)
        .toList();
  }

  /** Reads the documents that were not read before the last stop. */
  void start() {
    reading.resume();
  }

  void close() {
    reading.close();
    index.close();
  }

  private void reset(SandboxOptions options, Database database) {
    database.clear();
    index.close();
    live.reset();
    live.acceptOnly(options.apiKeys(), stores.organizations());
  }
}
