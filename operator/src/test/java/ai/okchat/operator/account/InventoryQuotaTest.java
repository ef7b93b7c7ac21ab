package ai.okchat.operator.account;

import static ai.okchat.operator.account.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.okchat.client.OkChatException;
import ai.okchat.operator.testing.MovingClock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** T61: the quota of all lists together on the heap. */
class InventoryQuotaTest {
  private static final int ROOM = 4 * bot("a").weight();

  private final MovingClock clock = new MovingClock();
  private final InventoryQuota quota = new InventoryQuota(ROOM);
  private final ListedBots one = new ListedBots();
  private final ListedBots other = new ListedBots();
  private final ListedBots third = new ListedBots();
  private final Inventory ofOne = inventory("one", one);
  private final Inventory ofOther = inventory("other", other);
  private final Inventory ofThird = inventory("third", third);

  @Test
  @DisplayName("T61: a list that exceeds the shared quota fails only its own account")
  void rejectsListAboveTheQuota() {
    // Given
    one.answers(bot("a"), bot("b"));
    other.answers(bot("c"));
    third.answers(bot("d"), bot("e"));
    ofOne.refresh();
    ofOther.refresh();

    // When
    var failure = ofThird.refresh();

    // Then
    assertThat(failure)
        .map(OkChatException::getMessage)
        .contains(
            "Tried to list chatbots at the backend but the lists of all accounts would contain more"
                + " than %d bytes of the heap".formatted(ROOM));
    assertThat(failure).map(OkChatException::isConfined).contains(true);
    assertThat(ofOne.refresh()).isEmpty();
    assertThat(ofOther.refresh()).isEmpty();
    assertThat(ofThird.isKnown()).isFalse();
  }

  @Test
  @DisplayName("T61: a namespace with a list above its share leaves room for another namespace")
  void rejectsListAboveTheShareOfTheNamespace() {
    // Given
    one.answers(bot("a"), bot("b"), bot("c"));
    other.answers(bot("d"), bot("e"));

    // When
    var failure = ofOne.refresh();

    // Then
    assertThat(failure)
        .map(OkChatException::getMessage)
        .contains(
            "Tried to list chatbots at the backend but the lists of one namespace, or of all"
                + " cluster-wide backends, would contain more than %d bytes of the heap"
                    .formatted(ROOM / 2));
    assertThat(failure).map(OkChatException::isConfined).contains(true);
    assertThat(ofOther.refresh()).isEmpty();
  }

  @Test
  @DisplayName("T61: many backends of one namespace share its part of the quota")
  void countsAllListsOfANamespace() {
    // Given
    var ofSame = inventory("one", third);
    one.answers(bot("a"));
    third.answers(bot("b"), bot("c"));
    other.answers(bot("d"), bot("e"));
    ofOne.refresh();

    // When
    var failure = ofSame.refresh();

    // Then
    assertThat(failure).isPresent();
    assertThat(ofOther.refresh()).isEmpty();
  }

  @Test
  void releasesQuotaOfAFailedOrShorterList() {
    // Given
    one.answers(bot("a"), bot("b"));
    ofOne.refresh();
    other.answers(bot("c"));
    ofOther.refresh();
    third.answers(bot("d"), bot("e"));
    ofThird.refresh();

    // When
    one.answers(bot("a"));
    ofOne.refresh();

    // Then
    assertThat(ofThird.refresh()).isEmpty();
  }

  @Test
  void releasesQuotaWhenTheAccountIsNoLongerPolled() {
    // Given
    one.answers(bot("a"), bot("b"));
    ofOne.refresh();
    other.answers(bot("c"), bot("d"));
    ofOther.refresh();
    third.answers(bot("e"));

    // When
    ofOne.close();

    // Then
    assertThat(ofThird.refresh()).isEmpty();
  }

  @Test
  void countsUnchangedBotsOnce() {
    // Given
    one.answers(bot("a"), bot("b"));
    ofOne.refresh();

    // When
    var failure = ofOne.refresh();

    // Then
    assertThat(failure).isEmpty();
  }

  @Test
  @DisplayName("T61: all accounts together may have 200,000 bots")
  void boundsTheNumberOfBotsOfAllAccounts() {
    // Given
    var roomy = new InventoryQuota(Long.MAX_VALUE);
    for (var namespace : List.of("one", "other")) {
      var share = roomy.share(namespace);
      IntStream.range(0, InventoryQuota.MOST_BOTS / 2).forEach(_ -> share.read(bot("a")));
    }

    // When
    var ofNamespace =
        catchThrowableOfType(OkChatException.class, () -> roomy.share("one").read(bot("b")));
    var ofAll =
        catchThrowableOfType(OkChatException.class, () -> roomy.share("third").read(bot("b")));

    // Then
    assertThat(ofNamespace)
        .hasMessageEndingWith(
            "the lists of one namespace, or of all cluster-wide backends, would contain more than"
                + " 100000 chatbots");
    assertThat(ofAll)
        .hasMessageEndingWith("the lists of all accounts would contain more than 200000 chatbots");
  }

  private Inventory inventory(String name, ListedBots backend) {
    return new Inventory(
        new AccountId("https://backend", name),
        backend,
        new RecordedNews(),
        clock,
        clock,
        quota.share(name));
  }
}
