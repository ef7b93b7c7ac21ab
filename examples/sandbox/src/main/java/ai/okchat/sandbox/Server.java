package ai.okchat.sandbox;

import ai.okchat.sandbox.conversation.AnswerWriter;
import ai.okchat.sandbox.conversation.LanguageModel;
import ai.okchat.sandbox.dashboard.ControlAccess;
import ai.okchat.sandbox.store.Database;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import java.time.Clock;
import java.time.Duration;

/** Runs Javalin with the routes of the API, of the controls and of the avatars. */
final class Server {
  private static final long MAX_REQUEST_MIB = 64;
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Below a client timeout of 30 seconds, so that such a client gets the passage instead. */
  private static final Duration LANGUAGE_MODEL_LIMIT = Duration.ofSeconds(25);

  private final Javalin javalin;
  private final Parts parts;
  private final CallsUnderWay calls;

  private Server(Javalin javalin, Parts parts, CallsUnderWay calls) {
    this.calls = calls;
    this.javalin = javalin;
    this.parts = parts;
  }

  public static Server start(SandboxOptions options, Database database, Clock clock) {
    var live = Live.of(options);
    var stores = Stores.of(database);
    var parts = new Parts(stores, live, writer(options), clock);
    var first = live.acceptOnly(options.apiKeys(), stores.organizations());
    var controls = parts.controls(options, database, first);
    var calls = new CallsUnderWay();
    var access = new ControlAccess(options.controlNames());
    var javalin =
        Javalin.create(
            config -> {
              configure(config);
              config.router.handlerWrapper(endpoint -> calls.counted(endpoint.handler));
              Routes.add(config.routes, parts, controls, access);
            });
    var address = options.address();
    var server = new Server(javalin.start(address.host(), address.port()), parts, calls);
    parts.start();
    return server;
  }

  private static AnswerWriter writer(SandboxOptions options) {
    var model = options.languageModel();
    return model == null ? AnswerWriter.quoting() : new LanguageModel(model, LANGUAGE_MODEL_LIMIT);
  }

  public int port() {
    return javalin.port();
  }

  /** Stops after requests in progress had one second to end. */
  public void stop() {
    calls.awaitNone(GRACE);
    javalin.stop();
    parts.close();
  }

  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = MAX_REQUEST_MIB << 20;
    config.jetty.multipartConfig.maxFileSize(MAX_REQUEST_MIB, SizeUnit.MB);
    config.jetty.multipartConfig.maxTotalRequestSize(MAX_REQUEST_MIB, SizeUnit.MB);
  }
}
