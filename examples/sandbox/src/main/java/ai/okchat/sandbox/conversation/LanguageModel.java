package ai.okchat.sandbox.conversation;

import static java.lang.System.Logger.Level.WARNING;

import ai.okchat.sandbox.json.Json;
import ai.okchat.sandbox.knowledge.Hit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Writes answers with a model, on any server that has OpenAI's {@code POST /chat/completions}. If
 * the server does not respond, quotes the passage, with a note that says so.
 */
public final class LanguageModel implements AnswerWriter {
  private static final System.Logger LOG = System.getLogger(LanguageModel.class.getName());
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final long MAX_ANSWER_BYTES = 1 << 20;
  private static final String DEFAULT_MODEL = "gpt-4o-mini";

  private static final String TASK =
      """
      Answer from the passages below and from nothing else, in the language of the question. Name \
      the title of the document that you used. Say so when the passages do not hold the answer.

      """;

  private final LanguageModelServer server;
  private final Duration limit;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          // Only the configured server may get the key.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** A failed request to the model. The message contains neither key nor text. */
  private static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * Creates a writer.
   *
   * @param limit time after which the passage is quoted
   */
  public LanguageModel(LanguageModelServer server, Duration limit) {
    this.server = server;
    this.limit = limit;
  }

  @Override
  public Answer write(JsonNode settings, ChatRequest request, List<Hit> hits) {
    try {
      return new Answer(text(send(body(settings, request, hits))), hits);
    } catch (NoAnswer e) {
      LOG.log(WARNING, "The language model gave no answer: {0}", e.getMessage());
      return Answer.quoting(hits)
          .withNote(
              "(The language model gave no answer: %s. This is what the search found.)"
                  .formatted(e.getMessage()));
    }
  }

  private ObjectNode body(JsonNode settings, ChatRequest request, List<Hit> hits) {
    var body =
        Json.object().put("model", model(settings)).put("stream", false).put("temperature", 0);
    var messages = body.putArray("messages");
    messages
        .addObject()
        .put("role", "system")
        .put("content", settings.path("prompt").asText() + "\n\n" + TASK + passages(hits));
    request
        .messages()
        .forEach(
            message ->
                messages.addObject().put("role", message.role()).put("content", message.content()));
    return body;
  }

  private String model(JsonNode settings) {
    var configured = server.model();
    return configured == null ? settings.path("model").asText(DEFAULT_MODEL) : configured;
  }

  private static String passages(List<Hit> hits) {
    return hits.isEmpty()
        ? "There are no passages: the search found nothing."
        : hits.stream().map(hit -> hit.passage().block()).collect(Collectors.joining("\n\n"));
  }

  private HttpResponse<byte[]> send(ObjectNode body) throws NoAnswer {
    var request =
        HttpRequest.newBuilder(server.completions())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.bytes(body)));
    if (server.key() != null) {
      request.header("Authorization", "Bearer " + server.key());
    }
    var response =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      // A timeout of the request would only limit the wait for the response headers.
      return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new NoAnswer("nothing came within " + limit.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      throw new NoAnswer(
          e.getCause() instanceof IOException ? "it cannot be reached" : "the call failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("the sandbox stops");
    } finally {
      response.cancel(true);
    }
  }

  private static String text(HttpResponse<byte[]> response) throws NoAnswer {
    if (response.statusCode() != 200) {
      throw new NoAnswer("HTTP " + response.statusCode());
    }
    try {
      var text = Json.parse(response.body()).at("/choices/0/message/content");
      if (text.isTextual() && !text.asText().isBlank()) {
        return text.asText().strip();
      }
    } catch (JsonProcessingException e) {
      // Handled like any other response of an unknown form.
    }
    throw new NoAnswer("it sent no choices[0].message.content");
  }
}
