package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalTest {

  @Test
  void an_approval_is_for_the_one_thing_that_it_names() {
    // Given
    var chatbot = annotated(chatbot(""), Map.of("okchat.ai/approve", "bot-1"));

    // When
    var approved =
        List.of(
            Approval.of(chatbot, "bot-1"),
            Approval.of(chatbot, "bot-2"),
            Approval.of(chatbot, ""),
            Approval.of(chatbot(""), "bot-1"));

    // Then
    assertThat(approved).containsExactly(true, false, false, false);
  }
}
