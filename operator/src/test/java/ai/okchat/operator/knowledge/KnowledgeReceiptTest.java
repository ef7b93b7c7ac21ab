package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.SourceManifest;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.testing.InMemoryApiServer;
import ai.okchat.operator.testing.MovingClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The orphan receipt names what is left in the bot, and the commands that list and remove it. */
class KnowledgeReceiptTest {

  private static final String NAME = "okchat-orphan-" + SourceManifest.UID;
  private static final String WHY = "The Secret okchat does not exist.";

  @AutoClose private final InMemoryApiServer kubernetes = new InMemoryApiServer(new MovingClock());

  private KnowledgeReceipt receipt;

  @BeforeEach
  void start() {
    receipt = new KnowledgeReceipt(new ServerSideApply(kubernetes.client()), "okchat-system");
  }

  @Test
  void namesBotTitlesAndCommandsInTheNamespaceOfTheOperator() {
    // When
    var reference = receipt.write(withStatus(source(""), "chatbotId: bot-1"), WHY);

    // Then
    assertThat(reference).isEqualTo("okchat-system/" + NAME);
    assertThat(receipts())
        .containsExactly(
            new Written(
                "okchat-system",
                NAME,
                Map.of("okchat.ai/orphan-receipt", "true"),
                data("bot-1", WHY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "progress: 0/0"})
  void leavesTheIdEmptyWhenTheStatusHasNoBot(String status) {
    // Given
    var source = status.isEmpty() ? source("") : withStatus(source(""), status);

    // When
    receipt.write(source, WHY);

    // Then
    assertThat(receipts()).extracting(Written::data).containsExactly(data("", WHY));
  }

  @Test
  void writesOneReceiptForEachObject() {
    // Given
    var source = withStatus(source(""), "chatbotId: bot-1");
    receipt.write(source, WHY);
    var version = version();

    // When
    receipt.write(source, WHY);
    var again = version();
    receipt.write(source, "The deletion timed out.");
    var recreated = recreated();
    receipt.write(recreated, WHY);

    // Then
    assertThat(again).isEqualTo(version);
    assertThat(receipts())
        .extracting(Written::name, Written::data)
        .containsExactlyInAnyOrder(
            tuple(NAME, data("bot-1", "The deletion timed out.")),
            tuple("okchat-orphan-uid-2", data("bot-1", WHY)));
  }

  private record Written(
      String namespace, String name, Map<String, String> labels, Map<String, String> data) {

    static Written of(ConfigMap stored) {
      var metadata = stored.getMetadata();
      return new Written(
          metadata.getNamespace(), metadata.getName(), metadata.getLabels(), stored.getData());
    }
  }

  private List<Written> receipts() {
    return kubernetes.list(ConfigMap.class).stream().map(Written::of).toList();
  }

  private String version() {
    return kubernetes.list(ConfigMap.class).getFirst().getMetadata().getResourceVersion();
  }

  private static KnowledgeSource recreated() {
    var source = withStatus(source(""), "chatbotId: bot-1");
    source.getMetadata().setUid("uid-2");
    return source;
  }

  private static Map<String, String> data(String botId, String why) {
    var url = "$BACKEND_URL/api/external/chatbot/" + botId + "/knowledge-base";
    return Map.of(
        "knowledgeSource",
        "team/docs",
        "chatbot",
        "support",
        "backend",
        "",
        "id",
        botId,
        "documents",
        "documents with .22e634. in their titles",
        "why",
        why,
        "list",
        "curl -H \"x-api-key: $API_KEY\" \"" + url + "\"",
        "remove",
        "curl -X DELETE -H \"x-api-key: $API_KEY\" \"" + url + "?id=$DOCUMENT_ID\"");
  }
}
