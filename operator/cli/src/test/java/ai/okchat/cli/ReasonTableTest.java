package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The table of actions is the page of the operator. */
class ReasonTableTest {

  @Test
  void quotesTheActionWithoutMarkup() {
    assertThat(ReasonTable.action("AccountChanged"))
        .hasValue(
            "Restore the key of the account, or follow the runbook"
                + " (operator/docs/runbooks/account-changed.md).");
  }

  @Test
  void hasNoActionForAnUnknownReason() {
    assertThat(ReasonTable.action("Ready` | `x")).isEmpty();
  }
}
