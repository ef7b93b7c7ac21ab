package ai.okchat.operator.account;

import static ai.okchat.operator.account.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.Bot;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BotIndexTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void findsBotsByIdAndBySlug() {
    // When
    var contents = contents(bot("a"), bot("b"));

    // Then
    assertThat(contents.bot("a")).contains(bot("a"));
    assertThat(contents.withSlug("b-slug")).contains(bot("b"));
    assertThat(contents.bot("b-slug")).isEmpty();
    assertThat(contents.bots()).containsExactlyInAnyOrder(bot("a"), bot("b"));
    assertThat(contents.startedAt()).isEqualTo(NOW);
  }

  @Test
  void findsBotWithoutSlugByIdOnly() {
    // Given
    var nameless = new Bot("n", null, null, JsonNodeFactory.instance.objectNode());

    // When
    var contents = contents(nameless);
    contents.remove("n");

    // Then
    assertThat(contents.bots()).isEmpty();
  }

  @Test
  void removedBotReleasesItsSlug() {
    // Given
    var contents = contents(bot("a"));

    // When
    contents.remove("a");
    contents.remove("never-there");

    // Then
    assertThat(contents.withSlug("a-slug")).isEmpty();
    assertThat(contents.bots()).isEmpty();
  }

  @Test
  void removalKeepsSlugThatAnotherBotHas() {
    // Given
    var contents = contents(bot("a"));
    var heir = new Bot("heir", "a-slug", null, JsonNodeFactory.instance.objectNode());
    contents.put(heir);

    // When
    contents.remove("a");

    // Then
    assertThat(contents.withSlug("a-slug")).contains(heir);
  }

  @Test
  void doesNotFindBotByItsOldSlug() {
    // Given
    var contents = contents(bot("a"));
    var renamed = new Bot("a", "other", null, JsonNodeFactory.instance.objectNode());

    // When
    contents.put(renamed);

    // Then
    assertThat(contents.withSlug("other")).contains(renamed);
    assertThat(contents.withSlug("a-slug")).isEmpty();
  }

  @Test
  void reportsAddedRemovedAndChangedBots() {
    // Given
    var before = contents(bot("same"), bot("gone"), bot("edited", "old"));
    var now = contents(bot("same"), bot("came"), bot("edited", "new"));

    // When
    var change = now.changeFrom(before);

    // Then
    assertThat(change)
        .isEqualTo(
            new InventoryChange(
                Set.of("gone", "came", "edited"),
                Set.of("gone-slug", "came-slug", "edited-slug"),
                3));
  }

  @Test
  void changedSlugNamesOldAndNewSlug() {
    // Given
    var before = contents(bot("a"));
    var now = contents(new Bot("a", "new", null, JsonNodeFactory.instance.objectNode()));

    // When
    var change = now.changeFrom(before);

    // Then
    assertThat(change).isEqualTo(new InventoryChange(Set.of("a"), Set.of("a-slug", "new"), 1));
  }

  @Test
  void listWithFewerFieldsThanAWriteResponseIsNoChange() {
    // Given
    var full = JsonNodeFactory.instance.objectNode().put("name", "n").put("managers", "m");
    var listed = JsonNodeFactory.instance.objectNode().put("name", "n");
    var before = contents(new Bot("a", "a-slug", null, full));
    var now = contents(new Bot("a", "a-slug", null, listed));

    // When
    var change = now.changeFrom(before);

    // Then
    assertThat(change).isEqualTo(new InventoryChange(Set.of(), Set.of(), 1));
  }

  private static BotIndex contents(Bot... bots) {
    return new BotIndex(List.of(bots), NOW);
  }
}
