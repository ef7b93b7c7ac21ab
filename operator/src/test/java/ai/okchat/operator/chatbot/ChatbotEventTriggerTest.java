package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.account.AccountId;
import ai.okchat.operator.account.InventoryChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which Chatbots a list, or a request of the operator itself, triggers. */
class ChatbotEventTriggerTest {
  private final Scene scene = new Scene();
  private final List<String> triggered = new ArrayList<>();
  private ChatbotEventTrigger eventTrigger;

  @BeforeEach
  void listen() {
    eventTrigger = scene.eventTrigger();
    eventTrigger
        .eventSource()
        .setEventHandler(event -> triggered.add(event.getRelatedCustomResourceID().getName()));
    eventTrigger.eventSource().start();
  }

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  @DisplayName("T82: a list of another account does not trigger objects that have its IDs")
  void triggersNoObjectOfAnotherAccount() {
    // Given
    scene.cached.add(named("support", "bot-1"));
    var own = scene.connection().account().id();
    var change = new InventoryChange(Set.of("bot-1"), Set.of(), 1);

    // When
    eventTrigger.listed(new AccountId("https://another.example/", "digest"), change, true);
    var byAnother = List.copyOf(triggered);
    eventTrigger.listed(own, change, false);

    // Then
    assertThat(byAnother).isEmpty();
    assertThat(triggered).containsExactly("support");
  }

  @Test
  @DisplayName("T99: a write through one object triggers every other object of the bot")
  void triggersAllObjectsOfABotThatWasWritten() {
    // Given
    scene.cached.add(named("support", "bot-1"));
    scene.cached.add(named("copy", "bot-1"));
    scene.cached.add(named("alone", "bot-2"));
    var own = scene.connection().account().id();

    // When
    eventTrigger.written(own, "bot-1");
    eventTrigger.written(own, "bot-2");

    // Then
    assertThat(triggered).containsExactlyInAnyOrder("support", "copy");
  }

  private Chatbot named(String name, String id) {
    var chatbot = withStatus(chatbot(""), scene.recorded(id));
    chatbot.getMetadata().setName(name);
    chatbot.getMetadata().setUid("uid-of-" + name);
    return chatbot;
  }
}
