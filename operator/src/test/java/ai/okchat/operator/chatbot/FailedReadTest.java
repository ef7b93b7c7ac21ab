package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.chatbot.Observation.Blocked;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** T5: a read that fails leads to no create, whatever the way in which it fails. */
class FailedReadTest {
  private final Scene scene = new Scene();

  @AfterEach
  void end() {
    scene.close();
  }

  static Stream<Arguments> t5FailedReads() {
    return Stream.of(
        arguments("status", Map.of("status", 401), FailureKind.CREDENTIALS_REJECTED),
        arguments("status", Map.of("status", 403), FailureKind.CREDENTIALS_REJECTED),
        arguments("status", Map.of("status", 404), FailureKind.NOT_FOUND),
        arguments("status", Map.of("status", 429), FailureKind.RATE_LIMITED),
        arguments("status", Map.of("status", 500), FailureKind.UNAVAILABLE),
        arguments("status", Map.of("status", 503), FailureKind.UNAVAILABLE),
        arguments("html", Map.of(), FailureKind.UNEXPECTED_RESPONSE),
        arguments("html", Map.of("status", 404), FailureKind.UNEXPECTED_RESPONSE),
        arguments("garbage", Map.of(), FailureKind.UNEXPECTED_RESPONSE),
        arguments("cut-before", Map.of(), FailureKind.UNAVAILABLE));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("t5FailedReads")
  void t5FailedFirstListIsNeverAnAbsence(
      String kind, Map<String, Object> more, FailureKind expected) {
    // Given
    scene.backend.fault("list-chatbots", kind, more);

    // When
    var rejection = failure(chatbot(""));

    // Then
    assertThat(rejection.kind()).isEqualTo(expected);
    assertThat(scene.backend.count("create-chatbot")).isZero();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("t5FailedReads")
  void t5FailedReadOfARecordedBotIsNeverAnAbsence(
      String kind, Map<String, Object> more, FailureKind expected) {
    // Given
    scene.backend.createInDashboard(Map.of("name", "Other", "slug", "other"));
    var chatbot = withStatus(chatbot(""), scene.recorded("11111111-1111-4111-8111-111111111111"));
    scene.poll();
    scene.backend.fault("get-chatbot", kind, more);

    // When
    var lookedAt = answerOrFailure(chatbot);

    // Then
    if (expected == FailureKind.NOT_FOUND) {
      assertThat(lookedAt).isInstanceOf(Blocked.class); // Half of the proof: the list has to agree.
    } else {
      assertThat(lookedAt).isEqualTo(expected);
    }
  }

  private OkChatException failure(Chatbot chatbot) {
    return assertThatExceptionOfType(OkChatException.class)
        .isThrownBy(() -> scene.observe(chatbot))
        .actual();
  }

  private Object answerOrFailure(Chatbot chatbot) {
    try {
      return scene.observe(chatbot);
    } catch (OkChatException e) {
      return e.kind();
    }
  }
}
