package ai.okchat.operator.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of the Git protocol that the budget counts. */
class GitBudgetTest {

  private static final String REF = packet("0123456789012345678901234567890123456789 refs/heads/a");
  private static final String MESSAGE = packet("\u0002" + "m".repeat(999));
  private static final String PACK = packet("\u0001" + "p".repeat(999));

  private final GitBudget budget =
      new GitBudget(new GitLimits(3, 100, 10_000_000, Duration.ofMinutes(1)));

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  @DisplayName("T62: refs are counted also if they arrive in pieces")
  void failsAtFirstRefAboveLimit(int piece) throws IOException {
    // Given
    var start = packet("# service=git-upload-pack\n") + "0000" + PACK.repeat(5);

    // When, Then
    assertThat(read(start + REF.repeat(3) + "0000", piece))
        .isEqualTo(start + REF.repeat(3) + "0000");
    assertThatExceptionOfType(GitBudget.ExceededException.class)
        .isThrownBy(() -> read(start + REF.repeat(4), piece))
        .withMessage("it has 4 refs of at most 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  @DisplayName("T62: messages for users, which are kept in memory, are bounded")
  void failsWhenMessagesAreTooLong(int piece) {
    assertThatExceptionOfType(GitBudget.ExceededException.class)
        .isThrownBy(() -> read(MESSAGE.repeat(1_100), piece))
        .withMessageMatching("it sends [0-9]+ bytes of at most 1048576");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void countsNothingInPackWithoutPackets(int piece) throws IOException {
    // Given
    var pack = packet("NAK\n") + "PACK" + "\n0005a".repeat(100);

    // When, Then
    assertThat(read(pack, piece)).isEqualTo(pack);
  }

  private String read(String sent, int piece) throws IOException {
    var stream =
        budget.limited(
            new ByteArrayInputStream(sent.getBytes(ISO_8859_1)),
            GitBudget.Lines.PACKETS,
            Long.MAX_VALUE);
    var all = new StringBuilder();
    for (var next = stream.readNBytes(piece); next.length > 0; next = stream.readNBytes(piece)) {
      all.append(new String(next, ISO_8859_1));
    }
    return all.toString();
  }

  private static String packet(String payload) {
    return "%04x%s".formatted(payload.length() + 4, payload);
  }
}
