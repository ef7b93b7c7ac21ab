package ai.okchat.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** One run of the plugin inside this process, and its results. */
record PluginRun(int exitCode, String out, String err) {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  /** Environment and input of a run. */
  record Given(Map<String, String> environment, String input, boolean terminal) {
    static Given nothing() {
      return new Given(Map.of("HOME", "/nonexistent"), "", false);
    }

    Given with(String variable, String value) {
      var more = new HashMap<>(environment);
      more.put(variable, value);
      return new Given(more, input, terminal);
    }

    Given typed(String lines) {
      return new Given(environment, lines, terminal);
    }

    Given onTerminal() {
      return new Given(environment, input, true);
    }

    PluginRun run(String... arguments) {
      var out = new ByteArrayOutputStream();
      var err = new ByteArrayOutputStream();
      var streams =
          new Streams(
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              terminal,
              environment,
              Clock.fixed(NOW, ZoneOffset.UTC));
      var exitCode = OkChatPlugin.run(streams, arguments);
      return new PluginRun(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  /** Returns everything that a user sees, for a golden file. */
  String transcript() {
    return (err.isEmpty() ? out : out + "--- stderr\n" + err) + "--- exit code " + exitCode + "\n";
  }
}
