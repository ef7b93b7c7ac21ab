package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChatbotEndpointsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String FULL_BODY =
      """
      {
        "name": "API Docs Demo Chatbot",
        "description": "A helpful support assistant",
        "is_public": true,
        "slug": "api-docs-demo-chatbot",
        "personality_config": {"style": "Friendly", "tone": "Professional"},
        "settings": {
          "greeting": "Hello!",
          "isRequestUserInfoEnabled": false,
          "isToolEnabled": true,
          "model": "gpt-4o-mini",
          "prompt": "Be kind.",
          "snippet": {"header": "Support", "name": "Assistant", "primaryColor": "#4F46E5"}
        }
      }
      """;

  @Test
  void createReturns201WithFullFormInAlphabeticalOrder() throws IOException {
    // When
    var answer = SANDBOX.api().post("/api/external/chatbots", FULL_BODY);

    // Then
    var bot = answer.at("/chatbot");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.at("/message").asText()).isEqualTo("Chatbot created successfully");
    assertThat(keys(bot))
        .containsExactly(
            "active",
            "created_at",
            "description",
            "docs_metadata",
            "enabled_plugins",
            "id",
            "is_public",
            "managers",
            "migrated_data",
            "name",
            "openai_api_key",
            "organization_id",
            "personality_config",
            "settings",
            "slug",
            "suggestions",
            "updated_at",
            "v1_chatbot_id",
            "version_id",
            "voice_widget_config");
    assertThat(bot.get("settings")).isEqualTo(Api.json(FULL_BODY).get("settings"));
    assertThat(bot.get("created_at").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?\\+00:00")
        .isEqualTo(bot.get("updated_at").asText());
  }

  @Test
  void listShowsTheShorterFormOfTheOrganizationsOwnBots() throws IOException {
    // Given
    var api = SANDBOX.api();
    api.post("/api/external/chatbots", FULL_BODY);
    api.withKey(RunningSandbox.OTHER_KEY).createBot("of-another-organization");

    // When
    var answer = api.get("/api/external/chatbots");

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(keys(answer.json())).containsExactly("chatbots");
    assertThat(answer.at("/chatbots")).hasSize(1);
    assertThat(keys(answer.at("/chatbots/0")))
        .hasSize(15)
        .doesNotContain(
            "docs_metadata", "managers", "migrated_data", "openai_api_key", "v1_chatbot_id");
  }

  @Test
  void detailsShowTheFullFormAndNoMessage() throws IOException {
    // Given
    var created = SANDBOX.api().post("/api/external/chatbots", FULL_BODY).at("/chatbot");

    // When
    var answer = SANDBOX.api().get(Api.bot(created.get("id").asText()));

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(keys(answer.json())).containsExactly("chatbot");
    assertThat(answer.at("/chatbot")).isEqualTo(created);
  }

  @Test
  void updatePatchesFieldsAndReplacesAllSettings() throws IOException {
    // Given
    var api = SANDBOX.api();
    var created = api.post("/api/external/chatbots", FULL_BODY).at("/chatbot");
    var id = created.get("id").asText();
    api.form("PATCH", Api.bot(id) + "/update-avatar", Api.Part.file("avatar", "a.png", "png"));

    // When
    var answer =
        api.patch(
            "/api/external/chatbots?id=" + id,
            "{\"is_public\": false, \"slug\": \"ignored\", \"settings\": {\"prompt\": \"New.\"}}");

    // Then
    var bot = answer.at("/chatbot");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/message").asText()).isEqualTo("Chatbot updated successfully");
    assertThat(bot.get("settings")).isEqualTo(Api.json("{\"prompt\": \"New.\"}"));
    assertThat(bot.get("is_public").asBoolean()).isFalse();
    assertThat(bot.get("name")).isEqualTo(created.get("name"));
    assertThat(bot.get("slug")).isEqualTo(created.get("slug"));
    assertThat(bot.get("updated_at")).isEqualTo(created.get("created_at"));
  }

  @Test
  void updateAcceptsPublishedExampleWithCommentedJson() throws IOException {
    // Given
    var id = SANDBOX.api().createBot("commented");

    // When
    var answer =
        SANDBOX
            .api()
            .patch(
                "/api/external/chatbots?id=" + id,
                "\"{ \\\"settings\\\": {\\n"
                    + " \\\"isRequestUserInfoEnabled\\\": true // asks first\\n"
                    + "}}\"");

    // Then
    assertThat(answer.at("/chatbot/settings"))
        .isEqualTo(Api.json("{\"isRequestUserInfoEnabled\": true}"));
  }

  @Test
  void deleteReturnsMessageAndRemovesBot() throws IOException {
    // Given
    var api = SANDBOX.api();
    var id = api.createBot("short-lived");

    // When
    var answer = api.delete(Api.bot(id));

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(Api.json("{\"message\": \"Chatbot deleted successfully\"}"));
    assertThat(api.get(Api.bot(id)).status()).isEqualTo(404);
    assertThat(api.delete(Api.bot(id)).status()).isEqualTo(404);
  }

  @Test
  void slugIsUniqueAcrossOrganizationsUntilDeletion() throws IOException {
    // Given
    var other = SANDBOX.api().withKey(RunningSandbox.OTHER_KEY);
    var id = other.createBot("wanted");
    var body = "{\"name\": \"Mine\", \"slug\": \"wanted\"}";

    // When
    var taken = SANDBOX.api().post("/api/external/chatbots", body);
    other.delete(Api.bot(id));
    var free = SANDBOX.api().post("/api/external/chatbots", body);

    // Then
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.json()).isEqualTo(Api.json("{\"error\": \"slug: already in use\"}"));
    assertThat(free.status()).isEqualTo(201);
  }

  @Test
  void derivesSlugFromNameWhenItIsMissing() throws IOException {
    // When
    var slugs = new ArrayList<String>();
    for (var name : List.of("My Bot!", "My Bot!", "한국어")) {
      var body = "{\"name\": \"%s\"}".formatted(name);
      slugs.add(SANDBOX.api().post("/api/external/chatbots", body).at("/chatbot/slug").asText());
    }

    // Then
    assertThat(slugs).containsExactly("my-bot", "my-bot-2", "chatbot");
  }

  static List<String> keys(JsonNode object) {
    var keys = new ArrayList<String>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
