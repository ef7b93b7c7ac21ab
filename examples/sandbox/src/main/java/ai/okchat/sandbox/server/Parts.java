package ai.okchat.sandbox.server;

import ai.okchat.sandbox.SandboxOptions;
import ai.okchat.sandbox.chatbot.AppearanceEndpoints;
import ai.okchat.sandbox.chatbot.ChatbotEndpoints;
import ai.okchat.sandbox.chatbot.ChatbotRemoval;
import ai.okchat.sandbox.chatbot.NewChatbots;
import ai.okchat.sandbox.dashboard.ChatbotControls;
import ai.okchat.sandbox.dashboard.ControlRoute;
import ai.okchat.sandbox.dashboard.KeyControls;
import ai.okchat.sandbox.dashboard.ResetControl;
import ai.okchat.sandbox.dashboard.SwitchControls;
import ai.okchat.sandbox.dashboard.TestControls;
import ai.okchat.sandbox.gateway.Gateway;
import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.http.EndpointHandler;
import ai.okchat.sandbox.store.Avatars;
import ai.okchat.sandbox.store.Database;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the routes lead to. */
record Parts(
    Gateway gateway,
    Map<Endpoint, EndpointHandler> endpoints,
    List<ControlRoute> controls,
    Avatars avatars) {

  static Parts of(SandboxOptions options, Database database, Clock clock) {
    var stores = Stores.of(database);
    var live = Live.of(options);
    var first = live.acceptOnly(options.apiKeys(), stores.organizations());
    var newChatbots = new NewChatbots(stores.chatbots(), live.switches(), clock);
    var removal = new ChatbotRemoval(stores.chatbots(), _ -> {});
    var handlers = new EnumMap<Endpoint, EndpointHandler>(Endpoint.class);
    handlers.putAll(
        new ChatbotEndpoints(stores.chatbots(), newChatbots, removal, live.switches(), clock)
            .handlers());
    handlers.putAll(
        new AppearanceEndpoints(stores.chatbots(), stores.avatars(), live.switches()).handlers());
    var controls =
        Stream.of(
                new TestControls(live.faults(), live.journal()).routes(),
                new ChatbotControls(
                        stores.chatbots(), newChatbots, removal, stores.organizations(), first)
                    .routes(),
                new SwitchControls(live.switches()).routes(),
                new KeyControls(live.keys(), stores.organizations()).routes(),
                ResetControl.routes(
                    () -> {
                      database.clear();
                      live.reset();
                      live.acceptOnly(options.apiKeys(), stores.organizations());
                    }))
            .flatMap(List::stream)
            .toList();
    var gateway = new Gateway(live.keys(), live.faults(), live.journal(), live.switches(), clock);
    return new Parts(gateway, handlers, controls, stores.avatars());
  }
}
