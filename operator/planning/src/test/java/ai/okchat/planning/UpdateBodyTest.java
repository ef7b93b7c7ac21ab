package ai.okchat.planning;

import static ai.okchat.planning.PlannedBot.bot;
import static ai.okchat.planning.PlannedBot.desired;
import static ai.okchat.planning.PlannedBot.json;
import static ai.okchat.planning.PlannedBot.none;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** B1, T17: the body of an update, and what is left to do after it. */
class UpdateBodyTest {
  private static final Plan NOTHING = new Plan(List.of(), List.of(), List.of(), List.of());

  static final List<SpecField> B1 =
      SpecField.ALL.stream().filter(field -> field.body() == SpecField.Body.BOT).toList();

  @Test
  void b1UpdateSendsAllObservedSettings() {
    // Given
    var desired = desired("{prompt: New., snippet: {logo: https://a.example/new.png}}");
    var observed =
        bot(
            """
            {"name": "Support", "description": "theirs", "is_public": true,
             "settings": {"prompt": "Old.", "greeting": "theirs", "avatar": "https://files/1.png",
                          "snippet": {"logo": "https://a.example/old.png", "font": "serif"},
                          "fromTheFuture": {"deep": [1]}}}
            """);
    var plan = Plan.of(desired, observed, ChatbotStatus.empty(), none());

    // When
    var body = plan.updateBody(desired, observed, none());

    // Then
    assertThat(body)
        .isEqualTo(
            json(
                """
                {"settings": {"prompt": "New.", "greeting": "theirs",
                              "avatar": "https://files/1.png",
                              "snippet": {"logo": "https://a.example/new.png", "font": "serif"},
                              "fromTheFuture": {"deep": [1]}}}
                """));
  }

  @ParameterizedTest
  @FieldSource("B1")
  void b1EditOfAnyFieldKeepsAllOthers(SpecField field) {
    // Given
    var observed =
        bot(
            """
            {"name": "Support", "unknown": 1, "personality_config": {"mood": "good"},
             "settings": {"prompt": "Be brief.", "avatar": "https://files/1.png", "kept": true,
                          "snippet": {"font": "serif"}}}
            """);
    var desired = desired(field.yaml());
    var plan = Plan.of(desired, observed, ChatbotStatus.empty(), none());

    // When
    var body = plan.updateBody(desired, observed, none());

    // Then
    var name = field.pointer().split("/", 3)[1];
    var expected = json("{}").set(name, field.setIn(observed.fields()).get(name));
    assertThat(body).isEqualTo(expected);
  }

  @Test
  void b1FiftyRandomEditsKeepTheAvatar() {
    // Given
    var observed =
        bot(
            """
            {"name": "Support", "settings": {"prompt": "Be brief.", "avatar": "https://files/1.png"}}
            """);
    var stored = observed;

    // When
    for (var edit = 0; edit < 50; edit++) {
      var desired = desired("{prompt: Edit %d, greeting: Hello %d}".formatted(edit, edit % 7));
      var plan = Plan.of(desired, stored, ChatbotStatus.empty(), none());
      var body = plan.updateBody(desired, stored, none());
      var fields = stored.fields();
      body.properties().forEach(field -> fields.set(field.getKey(), field.getValue()));
      stored = bot(fields);
    }

    // Then
    assertThat(stored.fields().get("settings"))
        .isEqualTo(
            json(
                """
                {"prompt": "Edit 49", "avatar": "https://files/1.png", "greeting": "Hello 0"}
                """));
  }

  @Test
  void updateKeepsIgnoredFieldsAsObserved() {
    // Given
    var desired = desired("{prompt: New., greeting: ours, name: ours}");
    var observed =
        bot(
            "{\"name\": \"theirs\", \"settings\": {\"prompt\": \"Old.\", \"greeting\":"
                + " \"theirs\"}}");
    var ignored = List.of("name", "settings.greeting");
    var plan = Plan.of(desired, observed, ChatbotStatus.empty(), ignored);

    // When
    var body = plan.updateBody(desired, observed, ignored);

    // Then
    assertThat(body)
        .isEqualTo(json("{\"settings\": {\"prompt\": \"New.\", \"greeting\": \"theirs\"}}"));
  }

  @Test
  void t17NothingDiffersAfterTheUpdate() {
    // Given
    var desired = desired("{public: true, greeting: Hello!, snippet: {primaryColor: '#4F46E5'}}");
    var observed = bot("{\"name\": \"Old\", \"settings\": {\"prompt\": \"Old.\"}}");
    var plan = Plan.of(desired, observed, ChatbotStatus.empty(), none());
    var fields = observed.fields();
    fields.setAll(plan.updateBody(desired, observed, none()));

    // When
    var next = Plan.of(desired, bot(fields), ChatbotStatus.empty(), none());

    // Then
    assertThat(next).isEqualTo(NOTHING);
  }
}
