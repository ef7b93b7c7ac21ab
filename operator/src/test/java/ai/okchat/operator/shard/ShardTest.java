package ai.okchat.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardTest {
  private static final Shard NORTH = Shard.named("north");

  @Test
  void namedShardSelectsItsLabel() {
    // Then
    assertThat(NORTH.selector()).isEqualTo("okchat.ai/shard=north");
    assertThat(NORTH.othersSelector()).isEqualTo("okchat.ai/shard!=north");
  }

  @Test
  void unnamedShardSelectsObjectsWithoutLabel() {
    // Then
    assertThat(Shard.UNNAMED.selector()).isEqualTo("!okchat.ai/shard");
    assertThat(Shard.UNNAMED.othersSelector()).isEqualTo("okchat.ai/shard");
  }

  @Test
  void eachObjectBelongsToOneShard() {
    // Given
    var labelled = labelled(Map.of("okchat.ai/shard", "north"));
    var others = labelled(Map.of("okchat.ai/shard", "south"));
    var plain = labelled(Map.of("team", "north"));
    var bare = labelled(null);

    // Then
    assertThat(NORTH.serves(labelled)).isTrue();
    assertThat(NORTH.serves(others)).isFalse();
    assertThat(NORTH.serves(plain)).isFalse();
    assertThat(Shard.UNNAMED.serves(labelled)).isFalse();
    assertThat(Shard.UNNAMED.serves(plain)).isTrue();
    assertThat(Shard.UNNAMED.serves(bare)).isTrue();
  }

  @Test
  void namesObjectsOfAnOperatorAfterItsShard() {
    // Then
    assertThat(NORTH.qualify("okchat-operator")).isEqualTo("okchat-operator-north");
    assertThat(Shard.UNNAMED.qualify("okchat-operator")).isEqualTo("okchat-operator");
  }

  private static Chatbot labelled(@Nullable Map<String, String> labels) {
    var chatbot = new Chatbot();
    chatbot.setMetadata(new ObjectMetaBuilder().withName("support").withLabels(labels).build());
    return chatbot;
  }
}
