package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers cut at each byte, with bytes changed, or made at random: whatever comes, a parser gives a
 * whole value or an {@link IOException}, which becomes an {@link OkChatException}. The seeds are
 * fixed.
 */
class DamagedResponseTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> KEYS =
      List.of(
          "id", "title", "name", "documentId", "data", "documents", "metadata", "total", "next");

  @ParameterizedTest
  @ValueSource(strings = {"list-chatbots.json", "list-knowledge.json"})
  void truncatedListIsNotAShorterList(String recording) {
    // Given
    var whole = recorded(recording).strip().getBytes(UTF_8);

    for (var length = 0; length < whole.length; length++) {
      // When
      var read = readEither(Arrays.copyOf(whole, length));

      // Then
      assertThat(read).as("the first %d bytes", length).isNull();
    }
    assertThat(readEither(whole)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list-chatbots.json", "list-knowledge.json", "stream-chat.txt"})
  void changedByteCausesNoUnexpectedException(String recording) {
    var random = new Random(7);
    for (var i = 0; i < 3_000; i++) {
      // Given
      var bytes = recorded(recording).getBytes(UTF_8);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);

      // When
      var read = readEither(bytes);
      var parts = readStream(new String(bytes, UTF_8));

      // Then
      assertThat(read == null || !read.isEmpty()).isTrue();
      assertThat(parts).isNotNegative();
    }
  }

  @Test
  void documentsFoundInRandomJsonHaveIds() {
    var random = new Random(11);
    var understood = 0;
    for (var i = 0; i < 20_000; i++) {
      // Given
      var answer = randomJson(random, 4);

      // When
      var page = page(answer);

      // Then
      if (page != null) {
        understood++;
        assertThat(page.documents())
            .as("%s", answer)
            .noneMatch(document -> document.id().isBlank());
        assertThat(answer.has("chatbot")).isFalse();
      }
    }
    assertThat(understood).isPositive();
  }

  private static @Nullable List<?> readEither(byte[] body) {
    try {
      return ChatbotList.read(answer(body), UnaryOperator.identity());
    } catch (IOException e) {
      try {
        return KnowledgePageReader.read(answer(body), UnaryOperator.identity()).documents();
      } catch (IOException alsoRefused) {
        return null;
      }
    }
  }

  private static int readStream(String lines) {
    var parts = 0;
    for (var line : lines.lines().toList()) {
      try {
        ChatPartReader.read(line);
        parts++;
      } catch (IOException e) {
        return parts;
      }
    }
    return parts;
  }

  private static @Nullable KnowledgePage page(JsonNode answer) {
    try {
      return KnowledgePageReader.read(
          answer(answer.toString().getBytes(UTF_8)), UnaryOperator.identity());
    } catch (IOException e) {
      return null;
    }
  }

  private static ApiResponse answer(byte[] body) {
    var response =
        new Response.Builder()
            .request(new Request.Builder().url("http://backend/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("OK")
            .body(ResponseBody.create(body, MediaType.get("application/json")))
            .build();
    return new ApiResponse(response, ResponseLimits.DEFAULT);
  }

  private static JsonNode randomJson(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.numberNode(random.nextInt());
      case 2 -> JSON.textNode(random.nextBoolean() ? " " : "x" + random.nextInt(9));
      case 3 -> JSON.booleanNode(random.nextBoolean());
      case 4 -> {
        var array = JSON.arrayNode();
        for (var i = random.nextInt(3); i > 0; i--) {
          array.add(randomJson(random, depth - 1));
        }
        yield array;
      }
      default -> {
        var object = JSON.objectNode();
        for (var i = random.nextInt(4); i > 0; i--) {
          var key = KEYS.get(random.nextInt(KEYS.size()));
          object.set(key, randomJson(random, depth - 1));
        }
        yield object;
      }
    };
  }
}
