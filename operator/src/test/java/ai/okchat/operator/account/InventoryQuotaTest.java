package ai.okchat.operator.account;

import static ai.okchat.operator.account.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.okchat.client.OkChatException;
import ai.okchat.operator.testing.MovingClock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** T61: the quota of all lists together on the heap. */
class InventoryQuotaTest {
  private static final int ROOM = 3 * bot("a").weight();

  private final MovingClock clock = new MovingClock();
  private final InventoryQuota quota = new InventoryQuota(ROOM);
  private final ListedBots one = new ListedBots();
  private final ListedBots other = new ListedBots();
  private final Inventory ofOne = inventory("one", one);
  private final Inventory ofOther = inventory("other", other);

  @Test
  @DisplayName("T61: a list that exceeds the shared quota fails only its own account")
  void rejectsListAboveTheQuota() {
    // Given
    one.answers(bot("a"), bot("b"));
    other.answers(bot("c"), bot("d"));
    ofOne.refresh();

    // When
    var failure = ofOther.refresh();

    // Then
    assertThat(failure)
        .map(OkChatException::getMessage)
        .contains(
            "Tried to list chatbots at the backend but the lists of all accounts would contain more"
                + " than %d bytes, a quarter of the heap".formatted(ROOM));
    assertThat(failure).map(OkChatException::isConfined).contains(true);
    assertThat(ofOne.refresh()).isEmpty();
    assertThat(ofOther.isKnown()).isFalse();
  }

  @Test
  void releasesQuotaOfAFailedOrShorterList() {
    // Given
    one.answers(bot("a"), bot("b"));
    ofOne.refresh();
    other.answers(bot("c"), bot("d"));
    ofOther.refresh();

    // When
    one.answers(bot("a"));
    ofOne.refresh();

    // Then
    assertThat(ofOther.refresh()).isEmpty();
  }

  @Test
  void releasesQuotaWhenTheAccountIsNoLongerPolled() {
    // Given
    one.answers(bot("a"), bot("b"));
    ofOne.refresh();
    other.answers(bot("c"), bot("d"), bot("e"));

    // When
    ofOne.close();

    // Then
    assertThat(ofOther.refresh()).isEmpty();
  }

  @Test
  void countsUnchangedBotsOnce() {
    // Given
    one.answers(bot("a"), bot("b"), bot("c"));
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
    var share = roomy.share();
    IntStream.range(0, InventoryQuota.MOST_BOTS).forEach(_ -> share.read(bot("a")));

    // When
    var rejection = catchThrowableOfType(OkChatException.class, () -> roomy.share().read(bot("b")));

    // Then
    assertThat(rejection)
        .hasMessageEndingWith("the lists of all accounts would contain more than 200000 chatbots");
  }

  private Inventory inventory(String name, ListedBots backend) {
    return new Inventory(
        new AccountId("https://backend", name),
        backend,
        new RecordedNews(),
        clock,
        clock,
        quota.share());
  }
}
