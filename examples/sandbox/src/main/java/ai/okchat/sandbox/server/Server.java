package ai.okchat.sandbox.server;

import ai.okchat.sandbox.SandboxOptions;
import ai.okchat.sandbox.store.Database;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import java.time.Clock;

/** Javalin, with the routes of the API, of the sandbox and of the avatars. */
public final class Server {
  private static final long MAX_REQUEST_MIB = 64;

  private final Javalin javalin;

  private Server(Javalin javalin) {
    this.javalin = javalin;
  }

  public static Server start(SandboxOptions options, Database database) {
    var parts = Parts.of(options, database, Clock.systemUTC());
    var javalin =
        Javalin.create(
            config -> {
              configure(config);
              Routes.add(config.routes, parts);
            });
    return new Server(javalin.start(options.host(), options.port()));
  }

  public int port() {
    return javalin.port();
  }

  public void stop() {
    javalin.stop();
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
