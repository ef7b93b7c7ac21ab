package ai.okchat.sandbox;

import ai.okchat.sandbox.fault.Faults;
import ai.okchat.sandbox.gateway.ApiKeys;
import ai.okchat.sandbox.journal.Journal;
import ai.okchat.sandbox.store.Organization;
import ai.okchat.sandbox.store.Organizations;
import ai.okchat.sandbox.switches.LiveSwitches;
import java.util.List;

/** The state that is lost when the process ends. */
record Live(ApiKeys keys, Faults faults, Journal journal, LiveSwitches switches) {
  private static final int JOURNAL_CALLS = 100_000;

  static Live of(SandboxOptions options) {
    return new Live(
        new ApiKeys(),
        new Faults(),
        new Journal(JOURNAL_CALLS),
        new LiveSwitches(options.switches()));
  }

  /** Accepts these keys and no others. Returns the organization of the first. */
  Organization acceptOnly(List<ApiKey> accepted, Organizations organizations) {
    keys.clear();
    accepted.forEach(key -> keys.put(key.key(), organizations.findOrCreate(key.organization())));
    return organizations.findOrCreate(accepted.getFirst().organization());
  }

  void reset() {
    faults.clear();
    journal.clear();
    switches.reset();
  }
}
