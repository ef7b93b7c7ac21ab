package ai.okchat.operator.backend;

import java.time.Instant;
import java.util.Optional;

/**
 * How the inventory of an account stands, in numbers.
 *
 * @param listedAt when the last good list was asked for; empty where there was none yet
 * @param bots how many it had, with our own writes since
 * @param isFailing whether the last attempt to list failed
 */
public record InventorySnapshot(Optional<Instant> listedAt, int bots, boolean isFailing) {}
