package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecreateApprovalTest {

  @Test
  void approvesOnlyTheNamedBot() {
    // Given
    var chatbot = annotated(chatbot(""), Map.of("okchat.ai/approve-recreate", "bot-1"));

    // When
    var approved =
        List.of(
            RecreateApproval.of(chatbot, "bot-1"),
            RecreateApproval.of(chatbot, "bot-2"),
            RecreateApproval.of(chatbot, ""),
            RecreateApproval.of(chatbot(""), "bot-1"));

    // Then
    assertThat(approved).containsExactly(true, false, false, false);
  }
}
