package ai.okchat.cli;

import ai.okchat.client.Conversation;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;

/** The last conversation that an export wrote completely, in the order of time and ID. */
record ExportCursor(Instant time, String session) {
  static final ExportCursor START = new ExportCursor(Instant.EPOCH, "");
  private static final Comparator<ExportCursor> ORDER =
      Comparator.comparing(ExportCursor::time).thenComparing(ExportCursor::session);

  static ExportCursor of(Conversation conversation) {
    return new ExportCursor(ConversationReader.time(conversation), conversation.id());
  }

  boolean isBefore(ExportCursor other) {
    return ORDER.compare(this, other) < 0;
  }

  static Comparator<ExportCursor> order() {
    return ORDER;
  }

  /** Reads a file; a file that does not exist is the start. */
  static ExportCursor read(Path file) {
    if (!Files.exists(file)) {
      return START;
    }
    try {
      var tree = JsonText.MAPPER.readTree(Files.readString(file));
      return Ages.parse(tree.path("time").asText())
          .map(time -> new ExportCursor(time, session(tree)))
          .orElseThrow(() -> unusable(file));
    } catch (IOException e) {
      throw unusable(file);
    }
  }

  private static String session(JsonNode tree) {
    return tree.path("session").asText();
  }

  private static PluginException unusable(Path file) {
    return PluginException.unknown(
        "%s is not a cursor of an export. Name another file with --cursor.".formatted(file));
  }

  /** Replaces the file at once, so that a broken run leaves a complete one. */
  void write(Path file) {
    var text =
        JsonText.line(JsonText.object().put("time", time.toString()).put("session", session));
    var next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(next, text + "\n");
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw PluginException.unknown(
          "The cursor %s cannot be written. Check the folder and its permissions.".formatted(file));
    }
  }
}
