package ai.okchat.cli;

import ai.okchat.client.ApiKey;
import ai.okchat.client.Bot;
import ai.okchat.client.CallObserver;
import ai.okchat.client.Endpoint;
import ai.okchat.client.OkChatClient;
import ai.okchat.sandbox.Sandbox;
import ai.okchat.sandbox.SandboxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** A bot in a sandbox that all tests share, with its objects in a namespace of its own. */
record TestBot(TestNamespace namespace, Bot bot) {
  private static final Sandbox SANDBOX = Sandbox.start(SandboxOptions.defaults());
  private static final OkChatClient CLIENT = account(SANDBOX);

  /** Creates the bot and the Chatbot {@code support}, as the operator would leave them. */
  static TestBot create() {
    var namespace = TestNamespace.create();
    var body = JsonText.object().put("name", "Support").put("slug", namespace.name());
    body.putObject("settings").put("prompt", "You help.").put("greeting", "Hello");
    var bot = CLIENT.createChatbot(body);
    namespace.apply(
        """
        {apiVersion: v1, kind: Secret, metadata: {name: okchat}, data: {api-key: %s}}
        """
            .formatted(
                Base64.getEncoder()
                    .encodeToString(SANDBOX.apiKey().getBytes(StandardCharsets.UTF_8))));
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: ChatbotBackend, metadata: {name: default},
         spec: {url: "%s", allowInsecure: true, apiKeySecretRef: {name: okchat, key: api-key}}}
        """
            .formatted(SANDBOX.url()));
    namespace.apply(
        """
        {apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: support},
         spec: {name: Support, prompt: You help.}}
        """);
    namespace.ready(Kind.CHATBOT, "support", "True", "Ready", "", ",\"id\":\"" + bot.id() + "\"");
    namespace.ready(Kind.CHATBOT_BACKEND, "default", "True", "Ready", "", "");
    return new TestBot(namespace, bot);
  }

  /** The account of another sandbox. */
  static OkChatClient account(Sandbox sandbox) {
    return new OkChatClient(
        new OkHttpClient(),
        new Endpoint(
            HttpUrl.get(sandbox.url()), ApiKey.of(sandbox.apiKey()), Duration.ofSeconds(30)),
        CallObserver.NONE);
  }

  /** The account of the sandbox, for tests without a cluster. */
  static OkChatClient account() {
    return CLIENT;
  }

  static String url() {
    return SANDBOX.url();
  }

  OkChatClient client() {
    return CLIENT;
  }

  static String apiKey() {
    return SANDBOX.apiKey();
  }

  PluginRun run(String... arguments) {
    return namespace.run(arguments);
  }

  /** Returns a transcript without what differs between two runs. */
  String neutral(PluginRun run) {
    return namespace
        .neutral(run)
        .replace(bot.id(), "BOT")
        .replace(SANDBOX.url().replace("http://", ""), "SANDBOX")
        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID")
        .replaceAll("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME");
  }
}
