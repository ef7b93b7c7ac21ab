package ai.okchat.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The commands of the plugin, each built only if it is used. */
enum PluginCommands {
  WHY(WhyCommand::new, Argument.ANY_OBJECT),
  STATUS(StatusCommand::new, Argument.NONE),
  GET(GetCommand::new, Argument.KIND),
  SUSPEND(SuspendCommand::new, Argument.RECONCILED_OBJECT),
  RESUME(ResumeCommand::new, Argument.RECONCILED_OBJECT),
  REFRESH(RefreshCommand::new, Argument.RECONCILED_OBJECT),
  APPROVE_RECREATE(ApproveRecreateCommand::new, Argument.CHATBOT),
  ORPHANS(OrphansCommand::new, Argument.NONE),
  DOCTOR(DoctorCommand::new, Argument.NONE),
  DIFF(DiffCommand::new, Argument.NONE),
  ASK(AskCommand::new, Argument.CHATBOT),
  SEARCH(SearchCommand::new, Argument.CHATBOT),
  CONVERSATIONS(ConversationsCommand::new, Argument.CHATBOT),
  MESSAGES(MessagesCommand::new, Argument.CHATBOT),
  EXPORT(ExportCommand::new, Argument.CHATBOT),
  CASE(CaseCommand::new, Argument.CHATBOT),
  IMPORT(ImportCommand::new, Argument.NONE),
  COMPLETION(CompletionCommand::new, Argument.NONE),
  VERSION(VersionCommand::new, Argument.NONE);

  /** The first argument, as far as the completion distinguishes it. */
  enum Argument {
    NONE,
    ANY_OBJECT,
    CHATBOT,
    KNOWLEDGE_SOURCE,
    RECONCILED_OBJECT,
    KIND
  }

  @SuppressWarnings("ImmutableEnumChecker") // a constructor has no state
  private final Supplier<Object> constructor;

  private final Argument argument;

  PluginCommands(Supplier<Object> constructor, Argument argument) {
    this.constructor = constructor;
    this.argument = argument;
  }

  static Optional<PluginCommands> find(String word) {
    return Arrays.stream(values()).filter(command -> command.word().equals(word)).findFirst();
  }

  static Stream<PluginCommands> all() {
    return Arrays.stream(values());
  }

  /** As a user types it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Argument argument() {
    return argument;
  }

  Object create() {
    return constructor.get();
  }
}
