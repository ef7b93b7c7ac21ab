package ai.okchat.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes {@code kubectl_complete-okchat}, a shell script: kubectl passes it the arguments of the
 * command line, and reads one candidate a line and a directive for the shell at the end. A shell
 * and kubectl start sooner than a JVM.
 */
final class CompletionScript {
  private static final String NO_FILES = ":4";
  private static final String FILES = ":0";

  private static final String PARSE =
      """
      command='' previous='' word='' namespace='' context='' kubeconfig='' arguments=0 number=0
      for argument in "$@"; do
        number=$((number + 1))
        if [ "$number" -eq "$#" ]; then
          word=$argument
          break
        fi
        case $previous in
          -n | --namespace) namespace=$argument ;;
          --context) context=$argument ;;
          --kubeconfig) kubeconfig=$argument ;;
        esac
        case $argument in
          --namespace=*) namespace=${argument#*=} ;;
          --context=*) context=${argument#*=} ;;
          --kubeconfig=*) kubeconfig=${argument#*=} ;;
          -*) ;;
          *)
            if ! takes_value "$previous"; then
              if [ -z "$command" ]; then command=$argument; else arguments=$((arguments + 1)); fi
            fi
            ;;
        esac
        previous=$argument
      done

      # Usage: names KINDS
      names() {
        kubectl ${kubeconfig:+--kubeconfig "$kubeconfig"} ${context:+--context "$context"} \\
          ${namespace:+--namespace "$namespace"} --request-timeout=2s get "$1" -o name 2>/dev/null |
          sed -e 's,^chatbot\\.okchat\\.ai/,,' -e 's,^namespace/,,' -e 's,\\.okchat\\.ai/,/,'
      }
      """;

  private CompletionScript() {}

  static List<String> of(CommandSpec plugin) {
    var script = new ArrayList<String>();
    script.add("#!/bin/sh");
    script.add("# Completes kubectl okchat. Written by: kubectl okchat completion");
    script.add("takes_value() {");
    script.add("  case $1 in");
    script.add("    " + valueOptions(plugin) + ") return 0 ;;");
    script.add("    *) return 1 ;;");
    script.add("  esac");
    script.add("}");
    script.add("");
    PARSE.lines().forEach(script::add);
    script.add("");
    valuesOfOptions(script);
    options(script, plugin);
    arguments(script, plugin);
    script.add("echo " + NO_FILES);
    return script;
  }

  private static String valueOptions(CommandSpec plugin) {
    return specs(plugin)
        .flatMap(spec -> spec.options().stream())
        .filter(option -> option.arity().max() > 0)
        .flatMap(option -> Arrays.stream(option.names()))
        .distinct()
        .sorted()
        .collect(Collectors.joining(" | "));
  }

  private static void valuesOfOptions(List<String> script) {
    script.add("case $previous in");
    script.add(
        "  -n | --namespace) namespace='' && names namespaces && echo "
            + NO_FILES
            + " && exit 0 ;;");
    script.add("  --context)");
    script.add(
        "    kubectl ${kubeconfig:+--kubeconfig \"$kubeconfig\"} config get-contexts -o name"
            + " 2>/dev/null");
    script.add("    echo " + NO_FILES);
    script.add("    exit 0");
    script.add("    ;;");
    script.add("  -o)");
    script.add("    [ \"$command\" = import ] && echo %s && exit 0".formatted(FILES));
    script.add(
        "    printf '%s\\n' "
            + Arrays.stream(OutputFormat.values())
                .map(OutputFormat::toString)
                .collect(Collectors.joining(" ")));
    script.add("    echo " + NO_FILES);
    script.add("    exit 0");
    script.add("    ;;");
    script.add("esac");
    script.add("if takes_value \"$previous\"; then");
    script.add("  echo " + FILES);
    script.add("  exit 0");
    script.add("fi");
    script.add("");
  }

  private static void options(List<String> script, CommandSpec plugin) {
    script.add("case $word in");
    script.add("  -*)");
    script.add("    case $command in");
    plugin
        .subcommands()
        .forEach((name, line) -> addWords(script, name, line.getCommandSpec().options().stream()));
    addWords(script, "*", plugin.options().stream());
    script.add("    esac");
    script.add("    echo " + NO_FILES);
    script.add("    exit 0");
    script.add("    ;;");
    script.add("esac");
    script.add("");
  }

  private static void addWords(List<String> script, String command, Stream<OptionSpec> options) {
    script.add("      %s)".formatted(command));
    script.add("        cat <<'END'");
    options
        .sorted((one, other) -> one.longestName().compareTo(other.longestName()))
        .forEach(
            option -> script.add(option.longestName() + "\t" + firstLine(option.description())));
    script.add("END");
    script.add("        ;;");
  }

  private static void arguments(List<String> script, CommandSpec plugin) {
    script.add("case $command/$arguments in");
    script.add("  /0)");
    script.add("    cat <<'END'");
    plugin
        .subcommands()
        .forEach(
            (name, line) ->
                script.add(
                    name + "\t" + firstLine(line.getCommandSpec().usageMessage().description())));
    script.add("END");
    script.add("    ;;");
    PluginCommands.all()
        .filter(command -> command.argument() != PluginCommands.Argument.NONE)
        .forEach(
            command ->
                script.add(
                    "  %s/0) %s ;;".formatted(command.word(), candidates(command.argument()))));
    script.add("esac");
  }

  private static String candidates(PluginCommands.Argument argument) {
    return switch (argument) {
      case NONE -> ":";
      case ANY_OBJECT -> "names chatbots,knowledgesources,chatbotbackends";
      case CHATBOT -> "names chatbots";
      case KNOWLEDGE_SOURCE -> "names knowledgesources | sed 's,.*/,,'";
      case RECONCILED_OBJECT -> "names chatbots,knowledgesources";
      case KIND ->
          "printf '%s\\n' "
              + Arrays.stream(Kind.values())
                  .map(kind -> kind.title().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(" "));
    };
  }

  private static Stream<CommandSpec> specs(CommandSpec plugin) {
    return Stream.concat(
        Stream.of(plugin),
        plugin.subcommands().values().stream().map(line -> line.getCommandSpec()));
  }

  private static String firstLine(String... description) {
    return description.length == 0 ? "" : description[0];
  }
}
