package ai.okchat.sandbox;

import ai.okchat.sandbox.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A running OkChat backend. Any number of them can run in one process.
 *
 * <pre>{@code
 * try (var sandbox = Sandbox.start(SandboxOptions.defaults())) {
 *   // sandbox.url(), sandbox.apiKey()
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable {
  private final SandboxOptions options;
  private final Database database;
  private final Server server;
  private final @Nullable Path temporary;

  private Sandbox(
      SandboxOptions options, Database database, Server server, @Nullable Path temporary) {
    this.options = options;
    this.database = database;
    this.server = server;
    this.temporary = temporary;
  }

  /** Starts a sandbox and returns when it serves requests. */
  public static Sandbox start(SandboxOptions options) {
    return start(options, Clock.systemUTC());
  }

  /** Starts a sandbox like {@link #start(SandboxOptions)}, with the time of this clock. */
  public static Sandbox start(SandboxOptions options, Clock clock) {
    var given = options.dataDir();
    var folder = given == null ? temporaryFolder() : existing(given);
    var temporary = given == null ? folder : null;
    var database = Database.open(folder.resolve("okchat-sandbox.db"));
    try {
      var server = Server.start(options, database, clock);
      return new Sandbox(options, database, server, temporary);
    } catch (RuntimeException e) {
      end(database, temporary);
      throw e;
    }
  }

  /** Returns for example {@code http://127.0.0.1:40123}, without a slash at the end. */
  public String url() {
    var host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return "http://" + host + ":" + port();
  }

  public int port() {
    return server.port();
  }

  /** Returns the first key of the options. */
  public String apiKey() {
    return options.apiKeys().getFirst().key();
  }

  /** Ends requests in progress; acknowledged data is on disk. */
  @Override
  public void close() {
    server.stop();
    end(database, temporary);
  }

  private static void end(Database database, @Nullable Path temporary) {
    database.close();
    if (temporary != null) {
      delete(temporary);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("okchat-sandbox");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path existing(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("data folder " + folder + " cannot be made", e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
