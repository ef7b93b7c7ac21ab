package ai.okchat.sandbox;

import ai.okchat.sandbox.conversation.LanguageModelServer;
import ai.okchat.sandbox.switches.Switch;
import ai.okchat.sandbox.switches.Switches;
import io.javalin.util.JavalinBindException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs the sandbox as a program. */
@Command(
    name = "okchat-sandbox",
    mixinStandardHelpOptions = true,
    versionProvider = SandboxMain.Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "",
      "A self-hosted stand-in for the OkChat API: the same 17 endpoints, with real storage and real"
          + " search, so that neither a trial nor a test needs an account.",
      ""
    },
    footer = {
      "",
      "Prints \"listening on URL\" when it serves requests; SIGTERM or Ctrl-C stops it cleanly.",
      "Switches select behaviour that the documentation of the real service does not specify. They"
          + " can be changed at run time with PUT /sandbox/switches; see the README for faults, the"
          + " journal and the rest of /sandbox/."
    })
public final class SandboxMain {
  // Strong references, since the level of a logger is lost when it is garbage collected.
  private static final Logger LIBRARIES = Logger.getLogger("");
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port to listen on; 0: any free port. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "Host name under which /sandbox/ is served, besides those of the loopback interface and"
              + " IP addresses; may be repeated. Default: none.")
  private List<String> allowedHosts = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for all data. Default: a temporary folder, deleted at the end.")
  private @Nullable Path data;

  @Option(
      names = "--api-key",
      paramLabel = "KEY[=ORGANIZATION]",
      description =
          "Accepted x-api-key; may be repeated. Each key has an organization of its own, unless"
              + " two keys name the same one. Default: "
              + SandboxOptions.DEFAULT_API_KEY
              + ".")
  private List<String> apiKeys = List.of();

  @Option(
      names = "--llm-url",
      paramLabel = "URL",
      description =
          "URL of a language model that writes the answers of chats from the passages; any server"
              + " with POST URL/chat/completions. Default: none; the best passage is quoted.")
  private @Nullable URI llmUrl;

  @Option(
      names = "--llm-model",
      paramLabel = "NAME",
      description = "Name of the language model. Default: the model of the bot.")
  private @Nullable String llmModel;

  @Option(
      names = "--llm-key",
      paramLabel = "KEY",
      defaultValue = "${env:OKCHAT_LLM_KEY}",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Bearer token of the language model. Default: the environment variable OKCHAT_LLM_KEY, or"
              + " none.")
  private @Nullable String llmKey;

  private SandboxMain() {}

  static void main(String[] args) {
    LIBRARIES.setLevel(Level.WARNING);
    LUCENE.setLevel(Level.SEVERE);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    var program = new SandboxMain();
    var command = new CommandLine(program);
    Switches.all().forEach(known -> command.getCommandSpec().addOption(option(known)));
    return command.setExecutionStrategy(
        parsed -> execute(program, command.getCommandSpec(), parsed));
  }

  private static OptionSpec option(Switch known) {
    return OptionSpec.builder(known.option())
        .type(String.class)
        .paramLabel("VALUE")
        .description(
            "%s Values: %s. Default: %s."
                .formatted(known.help(), known.takes(), known.textIn(Switches.defaults())))
        .build();
  }

  private static int execute(SandboxMain program, CommandSpec spec, ParseResult parsed) {
    var helpExitCode = CommandLine.executeHelpRequest(parsed);
    if (helpExitCode != null) {
      return helpExitCode;
    }
    var sandbox = start(program, spec, parsed);
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "stop"));
    System.out.println("listening on " + sandbox.url());
    System.out.flush();
    waitForSignal();
    return 0;
  }

  private static Sandbox start(SandboxMain program, CommandSpec spec, ParseResult parsed) {
    try {
      return Sandbox.start(program.options(parsed));
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (JavalinBindException e) {
      throw new ParameterException(
          spec.commandLine(), "--port " + program.port + " is in use: take another, or 0", e);
    }
  }

  private SandboxOptions options(ParseResult parsed) {
    var options =
        SandboxOptions.defaults().withHost(host).withPort(port).withHostNames(allowedHosts);
    if (data != null) {
      options = options.withDataDir(data);
    }
    if (!apiKeys.isEmpty()) {
      options = options.withApiKeys(apiKeys.toArray(String[]::new));
    }
    if (llmUrl != null) {
      options = options.withLanguageModel(new LanguageModelServer(llmUrl, llmModel, llmKey));
    }
    for (var known : Switches.all()) {
      var value = parsed.matchedOptionValue(known.option(), (String) null);
      if (value != null) {
        options = options.withSwitch(known.name(), value);
      }
    }
    return options;
  }

  private static void waitForSignal() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads the version from the manifest of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = SandboxMain.class.getPackage().getImplementationVersion();
      return new String[] {"okchat-sandbox " + (version == null ? "(not packaged)" : version)};
    }
  }
}
