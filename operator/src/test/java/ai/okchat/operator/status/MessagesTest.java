package ai.okchat.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionValue.Truth;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessagesTest {

  @Test
  void keepsShortText() {
    // When
    var bounded = Messages.bounded("The Secret okchat does not exist.");

    // Then
    assertThat(bounded).isEqualTo("The Secret okchat does not exist.");
  }

  @Test
  void replacesControlCharactersWithSingleSpaces() {
    // When
    var bounded = Messages.bounded("\none\r\n\ttwo\u0000\u001b[31mthree\n");

    // Then
    assertThat(bounded).isEqualTo("one two [31mthree");
  }

  @Test
  void keepsTextOfMaximumLength() {
    // Given
    var longest = "x".repeat(Messages.MAX_LENGTH);

    // When
    var bounded = Messages.bounded(longest);

    // Then
    assertThat(bounded).isEqualTo(longest);
  }

  @Test
  void truncatesLongerTextWithAnEllipsis() {
    // When
    var bounded = Messages.bounded("x".repeat(Messages.MAX_LENGTH + 1));

    // Then
    assertThat(bounded).isEqualTo("x".repeat(Messages.MAX_LENGTH - 1) + "…");
  }

  @Test
  void neverSplitsACharacter() {
    // Given
    var text = "x".repeat(Messages.MAX_LENGTH - 2) + "🤖🤖";

    // When
    var bounded = Messages.bounded(text);

    // Then
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(bounded)).isTrue();
    assertThat(bounded).isEqualTo("x".repeat(Messages.MAX_LENGTH - 2) + "…");
  }

  @Test
  void isIdempotent() {
    // Given
    var once = Messages.bounded("a \n" + "🤖".repeat(1000));

    // When
    var twice = Messages.bounded(once);

    // Then
    assertThat(twice).isEqualTo(once);
  }

  @Test
  void boundsEachConditionMessage() {
    // When
    var value =
        new ConditionValue(ConditionType.Ready, Truth.True, Reason.Ready, "y\n".repeat(2000));

    // Then
    assertThat(value.message()).hasSize(Messages.MAX_LENGTH).doesNotContain("\n");
  }
}
