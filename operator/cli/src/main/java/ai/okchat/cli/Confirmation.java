package ai.okchat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks the user before an action that cannot be undone. */
final class Confirmation {
  private Confirmation() {}

  /** Returns after a yes; every other answer ends the command with {@link ExitCode#NO}. */
  static void require(Streams streams, Printer printer, String question, boolean alreadyGiven) {
    if (alreadyGiven) {
      return;
    }
    if (!streams.terminal()) {
      throw PluginException.unknown(
          question + " This is not a terminal: answer with the option --yes.");
    }
    printer.note(question + " [y/N]");
    if (!answer(streams).toLowerCase(Locale.ROOT).startsWith("y")) {
      throw PluginException.no("Nothing was changed.");
    }
  }

  private static String answer(Streams streams) {
    try {
      var line =
          new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      return "";
    }
  }
}
