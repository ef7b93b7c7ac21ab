package ai.okchat.operator.account;

import ai.okchat.client.CallObserver;
import ai.okchat.client.Endpoint;
import ai.okchat.client.OkChatClient;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.testing.MovingClock;
import okhttp3.OkHttpClient;

/** Accounts for tests of other packages. */
public final class AccountFixture {

  private AccountFixture() {}

  public static Account account(Endpoint endpoint, MovingClock clock) {
    return new Account(
        AccountId.of(endpoint),
        new OkChatClient(new OkHttpClient(), endpoint, CallObserver.NONE),
        new RecordedNews(),
        new BackgroundPermits(10),
        clock,
        clock,
        new InventoryQuota().share("team"));
  }
}
