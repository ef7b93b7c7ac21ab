package ai.okchat.cli;

import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code kubectl-okchat}, and the options that all commands share. */
@Command(
    name = "kubectl okchat",
    sortOptions = false,
    usageHelpAutoWidth = false,
    description = "Explains the state of OkChat bots in a cluster, and talks to them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl okchat why support           # what is wrong with the bot, and the fix",
      "  kubectl okchat ask support \"When are you open?\"",
      "  kubectl okchat COMMAND --help        # examples of each command"
    })
public final class OkChatPlugin {

  @Option(
      names = "--context",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "context of the kubeconfig")
  private @Nullable String context;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "namespace of the objects (default: that of the context)")
  private @Nullable String namespace;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "kubeconfig file (default: KUBECONFIG, ~/.kube/config, or the Pod)")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--as",
      paramLabel = "USER",
      scope = ScopeType.INHERIT,
      description = "user to impersonate")
  private @Nullable String impersonated;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "print this help with examples")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  private final Streams streams;
  private final Printer printer;
  private @Nullable ClusterClient cluster;

  private OkChatPlugin(Streams streams) {
    this.streams = streams;
    this.printer = new Printer(streams);
  }

  /** Exits with 0 for yes, 1 for no, and more if the plugin could not say. */
  public static void main(String[] args) {
    var exitCode = run(Streams.ofProcess(), args);
    HttpConnections.close();
    System.exit(exitCode);
  }

  /** Runs one command, and returns the exit code. */
  static int run(Streams streams, String... args) {
    try (var pager = Pager.open(streams, named(args))) {
      var plugin = new OkChatPlugin(pager.streams());
      var line = plugin.commandLine(args);
      var exitCode = args.length == 0 ? line.execute("--help") : line.execute(args);
      plugin.printer.flush();
      return exitCode;
    } catch (BrokenPipeException e) {
      return ExitCode.BROKEN_PIPE;
    } catch (Error e) {
      // The JVM would exit with 1, which is a result.
      streams.err().println("error: Unexpected " + e.getClass().getSimpleName() + ".");
      return ExitCode.UNKNOWN;
    }
  }

  private static Optional<PluginCommands> named(String... args) {
    return Arrays.stream(args).map(PluginCommands::find).flatMap(Optional::stream).findFirst();
  }

  /**
   * Builds the command line with the command that the user named, or with all if the user named
   * none: each one that is built costs time.
   */
  private CommandLine commandLine(String... args) {
    return with(named(args).map(Stream::of).orElseGet(PluginCommands::all))
        .setOut(writer(streams.out()))
        .setErr(writer(streams.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setExitCodeExceptionMapper(OkChatPlugin::exitCode)
        .setParameterExceptionHandler(this::explainUsage)
        .setExecutionExceptionHandler(this::explain)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private CommandLine with(Stream<PluginCommands> commands) {
    var line = new CommandLine(this);
    commands.forEach(command -> line.addSubcommand(command.create()));
    return line;
  }

  /** Returns the command line with all commands. */
  CommandLine complete() {
    return with(PluginCommands.all());
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int exitCode(Throwable failure) {
    return failure instanceof PluginException plugin ? plugin.exitCode() : ExitCode.UNKNOWN;
  }

  private int explainUsage(CommandLine.ParameterException failure, String[] ignored) {
    printer.note("error: " + failure.getMessage());
    printer.note(
        "See: %s --help".formatted(failure.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.UNKNOWN;
  }

  private int explain(Exception failure, CommandLine line, CommandLine.ParseResult ignored) {
    if (failure instanceof BrokenPipeException) {
      return ExitCode.BROKEN_PIPE;
    }
    if (failure instanceof OkChatException backend) {
      printer.note("error: " + BackendFailures.explain(backend));
      return backend.kind() == FailureKind.NOT_FOUND ? ExitCode.NO : ExitCode.UNKNOWN;
    }
    if (failure instanceof PluginException known) {
      printer.note((known.exitCode() == ExitCode.NO ? "" : "error: ") + known.getMessage());
      return known.exitCode();
    }
    printer.note(
        "error: Unexpected %s in %s. Report it with the command and its version."
            .formatted(failure.getClass().getSimpleName(), line.getCommandSpec().qualifiedName()));
    return ExitCode.UNKNOWN;
  }

  Streams streams() {
    return streams;
  }

  Printer printer() {
    return printer;
  }

  /** Logs in at the first call. */
  ClusterClient cluster() {
    if (cluster == null) {
      cluster = new ClusterClient(ClusterLogin.of(kubeconfig, context, streams), impersonated);
    }
    return cluster;
  }

  /** Returns the namespace of the option. */
  Optional<String> namespaceOption() {
    return Optional.ofNullable(namespace).map(ObjectName::checked);
  }

  /** Returns the namespace of the option, or that of the context. */
  String namespace() {
    return namespaceOption().orElseGet(() -> cluster().login().namespace());
  }
}
