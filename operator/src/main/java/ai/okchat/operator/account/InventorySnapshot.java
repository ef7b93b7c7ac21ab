package ai.okchat.operator.account;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of the inventory of an account, in numbers.
 *
 * @param listedAt when the last successful list was requested; empty if there was none yet
 * @param bots number of its bots, with later writes of the operator
 * @param isFailing whether the last attempt to list failed
 */
public record InventorySnapshot(Optional<Instant> listedAt, int bots, boolean isFailing) {}
