package ai.okchat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The questions that a user types: with line editing and history on a terminal. */
interface QuestionLines extends AutoCloseable {

  /** Returns the next line; null at the end. */
  @Nullable String next() throws IOException;

  @Override
  void close() throws IOException;

  static QuestionLines of(Streams streams) throws IOException {
    return streams.terminal() ? edited() : piped(streams);
  }

  private static QuestionLines piped(Streams streams) {
    var lines = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
    return new QuestionLines() {
      @Override
      public @Nullable String next() throws IOException {
        return lines.readLine();
      }

      @Override
      public void close() throws IOException {
        lines.close();
      }
    };
  }

  private static QuestionLines edited() throws IOException {
    var terminal = TerminalBuilder.builder().system(true).dumb(true).build();
    var reader = LineReaderBuilder.builder().terminal(terminal).build();
    return new QuestionLines() {
      @Override
      public @Nullable String next() {
        try {
          return reader.readLine("> ");
        } catch (EndOfFileException | UserInterruptException end) {
          return null;
        }
      }

      @Override
      public void close() throws IOException {
        terminal.close();
      }
    };
  }
}
