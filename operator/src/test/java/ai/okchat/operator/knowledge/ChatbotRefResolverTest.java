package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.CallObserver;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.chatbot.ChatbotIndex;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.scheduling.MonotonicTime;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.FakeApiServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Resolution of a Chatbot that the operator's cache does not show. */
class ChatbotRefResolverTest {

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final AccountRegistry accounts =
      new AccountRegistry(
          CallObserver.NONE, new BackgroundPermits(1), Clock.systemUTC(), MonotonicTime.SYSTEM);

  @AfterEach
  void close() {
    accounts.close();
    kubernetes.close();
  }

  @Test
  void reportsAbsentChatbotAsGone() {
    // Then
    assertThat(follow(Optional.empty())).isInstanceOf(ChatbotRefResolution.Gone.class);
  }

  @Test
  void waitsForChatbotThatTheCacheLacks() {
    // When
    var link = follow(Optional.of(chatbot("{}")));

    // Then
    assertThat(link)
        .isInstanceOfSatisfying(
            ChatbotRefResolution.Waiting.class,
            waiting -> assertThat(waiting.failure().reason()).isEqualTo(Reason.WaitingForChatbot));
  }

  @Test
  void reportsChatbotOfAnotherShard() {
    // When
    var link = follow(Optional.of(chatbot("{okchat.ai/shard: north}")));

    // Then
    assertThat(link)
        .isInstanceOfSatisfying(
            ChatbotRefResolution.Waiting.class,
            waiting ->
                assertThat(waiting.failure().reason()).isEqualTo(Reason.ReferenceNotPermitted));
  }

  private ChatbotRefResolution follow(Optional<Chatbot> stored) {
    var elsewhere = new OtherShards(Stream::empty, (_, _) -> stored);
    var connections =
        BackendResolver.create(
            kubernetes.client(),
            Set.of(),
            accounts,
            new OkHttpClient(),
            new ChatbotIndex(OtherShards.NONE));
    return new ChatbotRefResolver(connections, new ChatbotIndex(OtherShards.NONE), elsewhere)
        .follow(
            source(),
            Optional.empty(),
            _ -> {
              throw new AssertionError("no backend is asked for");
            });
  }

  private static Chatbot chatbot(String labels) {
    return Serialization.unmarshal(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata: {name: support, namespace: team-a, labels: %s}
        spec: {name: Support, prompt: You help.}
        """
            .formatted(labels),
        Chatbot.class);
  }

  private static KnowledgeSource source() {
    return Serialization.unmarshal(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: docs, namespace: team-a}
        spec: {chatbotRef: {name: support}, documents: [{name: a, text: b}]}
        """,
        KnowledgeSource.class);
  }
}
