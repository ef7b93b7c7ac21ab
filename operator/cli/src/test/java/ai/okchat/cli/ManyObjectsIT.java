package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Lists of many objects need no memory for their specs. {@code -Dobjects=10000} creates as many;
 * without it, there are enough for several pages.
 */
class ManyObjectsIT {
  private static final int OBJECTS = Integer.getInteger("objects", 600);
  private static final int THREADS = 16;
  private static final String HEAP = "-Xmx64m";
  private static final String PROMPT = "You help. ".repeat(2_000);

  private static final TestNamespace NAMESPACE = TestNamespace.create();

  @BeforeAll
  static void create() {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var number = 0; number < OBJECTS; number++) {
        var name = "bot-" + number;
        threads.execute(
            () ->
                NAMESPACE.apply(
                    """
                    {apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: %s},
                     spec: {name: Support, prompt: "%s"}}
                    """
                        .formatted(name, PROMPT)));
      }
    }
  }

  @Test
  void listsAllObjects() throws Exception {
    // When
    var names = run("get", "chatbots", "-o", "name");
    var table = run("get", "-A");

    // Then
    assertThat(names.exitCode()).as(names.err()).isEqualTo(ExitCode.YES);
    assertThat(names.out().lines().distinct()).hasSize(OBJECTS);
    assertThat(table.exitCode()).as(table.err()).isEqualTo(ExitCode.YES);
    assertThat(table.out().lines()).hasSizeGreaterThan(OBJECTS);
  }

  @Test
  void countsAllObjects() throws Exception {
    // When
    var run = run("status");

    // Then
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).containsPattern("Chatbot +%1$d +0 +0 +%1$d +0\n".formatted(OBJECTS));
  }

  @Test
  void groupsAllObjects() throws Exception {
    // When
    var run = run("why");
    var everywhere = run("why", "-A");

    // Then
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).startsWith("no status yet  %d Chatbots\n".formatted(OBJECTS));
    assertThat(everywhere.exitCode()).as(everywhere.err()).isEqualTo(ExitCode.NO);
  }

  private static PluginRun run(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                OkChatPlugin.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("KUBECONFIG", NAMESPACE.kubeconfig().toString());
    var process = builder.start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new PluginRun(process.waitFor(), out, "");
  }
}
