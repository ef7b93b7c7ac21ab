package ai.okchat.cli;

import ai.okchat.client.Bot;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bot as the spec of a Chatbot that adopts it without changing it. Pure.
 *
 * @param slug also the name of the object
 * @param spec without the prompt if it is long
 * @param longPrompt the prompt that a ConfigMap has to have
 * @param leftOut fields of the bot that the spec cannot have, each as a sentence without values
 * @param hasAvatar true if the bot has a picture, which cannot be read
 */
record ImportedBot(
    String slug,
    ObjectNode spec,
    Optional<String> longPrompt,
    List<String> leftOut,
    boolean hasAvatar) {
  /** Longer prompts are easier to edit and to review in a ConfigMap. */
  static final int LONGEST_INLINE_PROMPT = 4096;

  /** A ConfigMap has 1 MiB at most, including its keys. */
  private static final int MOST_BYTES_OF_PROMPT = 1_000_000;

  private static final int LONGEST_SLUG = 63;
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*+");
  private static final JsonPointer PROMPT = JsonPointer.compile("/settings/prompt");
  private static final JsonPointer AVATAR = JsonPointer.compile("/settings/avatar");

  ImportedBot {
    leftOut = List.copyOf(leftOut);
  }

  /** Returns the slug; empty if no Chatbot can have it, so that none can adopt the bot. */
  static Optional<String> usableSlug(Bot bot) {
    return Optional.ofNullable(bot.slug())
        .filter(slug -> slug.length() <= LONGEST_SLUG && SLUG.matcher(slug).matches());
  }

  /**
   * @param bot with a {@link #usableSlug}, and complete: not from a list
   * @param backend name of the ChatbotBackend
   */
  static ImportedBot of(Bot bot, String backend) {
    var slug = Objects.requireNonNull(bot.slug());
    var fields = bot.fields();
    var spec = JsonText.object();
    spec.put("slug", slug).put("adoption", "BySlug").put("deletionPolicy", "Orphan");
    if (!backend.equals("default")) {
      spec.putObject("backendRef").put("kind", Kind.CHATBOT_BACKEND.title()).put("name", backend);
    }
    var leftOut = new ArrayList<String>();
    var ignored = new ArrayList<String>();
    for (var field : ImportedField.ALL) {
      var reading = field.read(fields);
      if (reading.value() != null) {
        set(spec, field.spec(), reading.value());
      } else if (!reading.problem().isEmpty()) {
        leftOut.add("%s %s.".formatted(field.title(), reading.problem()));
      }
    }
    if (!spec.has("name")) {
      spec.put("name", slug);
      ignored.add("name");
    }
    var longPrompt = prompt(fields.at(PROMPT), spec, leftOut, ignored);
    if (!ignored.isEmpty()) {
      var list = spec.putArray("ignoreFields");
      ignored.forEach(list::add);
      leftOut.add(
          "ignoreFields keeps these fields of the bot as they are: %s. A spec has to have them."
              .formatted(String.join(", ", ignored)));
    }
    var hasAvatar = !fields.at(AVATAR).asText("").isEmpty();
    return new ImportedBot(slug, spec, longPrompt, leftOut, hasAvatar);
  }

  private static void set(ObjectNode spec, JsonPointer pointer, JsonNode value) {
    var parent = pointer.head();
    (parent.matches() ? spec : spec.withObject(parent))
        .set(pointer.last().getMatchingProperty(), value);
  }

  /** Writes the prompt, or a replacement that the operator never sends to this bot. */
  private static Optional<String> prompt(
      JsonNode value, ObjectNode spec, List<String> leftOut, List<String> ignored) {
    var prompt = value.asText("");
    var problem = promptProblem(value);
    if (!problem.isEmpty()) {
      leftOut.add("prompt %s.".formatted(problem));
    }
    if (!problem.isEmpty() || ImportedField.isBlank(prompt)) {
      spec.put("prompt", "You answer questions.");
      ignored.add("settings.prompt");
      return Optional.empty();
    }
    if (prompt.length() <= LONGEST_INLINE_PROMPT) {
      spec.put("prompt", prompt);
      return Optional.empty();
    }
    return Optional.of(prompt);
  }

  private static String promptProblem(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      return "is not a text";
    }
    if (ImportedField.isUnstable(value.textValue())) {
      return ImportedField.UNSTABLE;
    }
    var bytes = value.textValue().getBytes(StandardCharsets.UTF_8).length;
    return bytes > MOST_BYTES_OF_PROMPT
        ? "has %d bytes, and the limit is %d".formatted(bytes, MOST_BYTES_OF_PROMPT)
        : "";
  }

  /** Omits the spec, which has the prompt. */
  @Override
  public String toString() {
    return "ImportedBot[" + slug + "]";
  }
}
