package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The same 17 endpoints against the sandbox, which was written from the same reference by others: a
 * misreading on one side shows here.
 */
class OkChatClientSandboxTest {
  private static final Upload HOURS =
      SandboxAccount.file(
          "opening-hours.md", "# Opening hours\n\nThe shop opens at nine o'clock on Mondays.");

  @AutoClose private static final SandboxAccount ACCOUNT = new SandboxAccount();

  private final OkChatClient client = ACCOUNT.client();

  @Test
  void createsListsReadsChangesAndDeletesABot() {
    // Given
    var slug = "bot-" + UUID.randomUUID();

    // When
    var created = client.createChatbot(SandboxAccount.body(slug));
    var listed = client.listChatbots();
    var read = client.getChatbot(created.id());
    var updated = client.updateChatbot(created.id(), json("{\"name\": \"Renamed\"}"));
    var wasThere = client.deleteChatbot(created.id());
    var isThere = client.deleteChatbot(created.id());
    var gone = client.getChatbot(created.id());

    // Then
    assertThat(created.slug()).isEqualTo(slug);
    assertThat(created.organizationId()).isNotBlank();
    assertThat(created.fields().at("/settings"))
        .isEqualTo(SandboxAccount.body(slug).path("settings"));
    assertThat(listed).extracting(Bot::id).contains(created.id());
    assertThat(read).contains(created);
    assertThat(updated.fields().path("name").textValue()).isEqualTo("Renamed");
    assertThat(updated.slug()).isEqualTo(slug);
    assertThat(wasThere).isTrue();
    assertThat(isThere).isFalse();
    assertThat(gone).isEmpty();
  }

  @Test
  void setsAvatarVoiceAgentAndChatWidget() {
    // Given
    var id = ACCOUNT.newBot();
    var voice = json("{\"voice\": \"shimmer\", \"model\": {\"temperature\": 0.7}}");
    voice.put("agentId", id);
    var widget = json("{\"header\": \"Support\", \"language\": \"auto\", \"name\": \"Sam\"}");

    // When
    var withAvatar = client.updateAvatar(id, picture());
    var keptVoice = client.updateVoiceAgent(id, voice);
    var keptWidget = client.updateChatWidget(id, widget);

    // Then
    assertThat(withAvatar.fields().at("/settings/avatar").textValue()).startsWith("http");
    assertThat(keptVoice).isEqualTo(voice);
    assertThat(keptWidget).isEqualTo(widget);
    assertThat(client.getChatbot(id).orElseThrow().fields().path("voice_widget_config"))
        .isEqualTo(voice);
  }

  @Test
  void uploadsListsQueriesReplacesAndDeletesDocuments() {
    // Given
    var bot = ACCOUNT.newBot();

    // When
    client.uploadKnowledge(
        bot, List.of(HOURS, SandboxAccount.file("prices.csv", "item,price\nbell,9")));
    var listed = client.listKnowledge(bot);
    var hours = titled(listed, "opening-hours.md");
    var only = client.listKnowledge(bot, new KnowledgeFilter(null, hours.id()));
    var found = client.queryKnowledge(bot, "When does the shop open on Mondays?");
    client.updateKnowledge(
        bot, hours.id(), "hours.md", SandboxAccount.file("hours.md", "Closed for good."));
    var replaced = client.listKnowledge(bot);
    var wasThere = client.deleteKnowledge(bot, hours.id());
    var isThere = client.deleteKnowledge(bot, hours.id());

    // Then
    assertThat(listed.documents())
        .extracting(KnowledgeDocument::title)
        .containsExactlyInAnyOrder("opening-hours.md", "prices.csv");
    assertThat(only.documents()).containsExactly(hours);
    assertThat(found.passages().getFirst().title()).contains("opening-hours.md");
    assertThat(found.passages().getFirst().content()).contains("nine o'clock");
    assertThat(titled(replaced, "hours.md").id()).isEqualTo(hours.id());
    assertThat(wasThere).isTrue();
    assertThat(isThere).isFalse();
    assertThat(client.listKnowledge(bot).documents())
        .extracting(KnowledgeDocument::title)
        .containsExactly("prices.csv");
  }

  @Test
  void answersFromDocumentsAndKeepsTheConversation() {
    // Given
    var bot = ACCOUNT.newBot();
    client.uploadKnowledge(bot, List.of(HOURS));
    var token = UUID.randomUUID().toString();
    var question = ChatRequest.question("When does the shop open on Mondays?", token);

    // When
    var answer = client.chat(bot, question);
    var parts = new ArrayList<ChatPart>();
    try (var stream = client.streamChat(bot, question)) {
      stream.forEach(parts::add);
    }
    var conversations = client.listConversations(bot, 1, 10, "in_progress");
    var conversation = client.getConversation(bot, conversations.items().getFirst().id());
    var messages = client.listMessages(bot, conversation.orElseThrow().id(), 1, 10);

    // Then
    assertThat(answer.output()).contains("nine o'clock");
    assertThat(answer.finishReason()).isEqualTo("stop");
    assertThat(text(parts)).isEqualTo(answer.output());
    assertThat(parts.getLast()).isInstanceOf(ChatPart.End.class);
    assertThat(conversations.totalCount()).isEqualTo(1);
    assertThat(conversation.orElseThrow().sessionToken()).isEqualTo(token);
    assertThat(conversation.orElseThrow().chatbotId()).isEqualTo(bot);
    assertThat(messages.items())
        .extracting(Message::senderType)
        .containsExactly("user", "bot", "user", "bot");
    assertThat(client.getConversation(bot, UUID.randomUUID().toString())).isEmpty();
  }

  private static KnowledgeDocument titled(KnowledgeList list, String title) {
    return list.documents().stream()
        .filter(document -> document.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static String text(List<ChatPart> parts) {
    return parts.stream()
        .filter(ChatPart.Text.class::isInstance)
        .map(part -> ((ChatPart.Text) part).delta())
        .collect(Collectors.joining());
  }

  /** One transparent pixel. */
  private static Upload picture() {
    var png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    return Upload.of("face.png", "image/png", Base64.getDecoder().decode(png));
  }
}
