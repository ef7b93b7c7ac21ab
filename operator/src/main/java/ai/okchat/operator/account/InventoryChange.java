package ai.okchat.operator.account;

import java.util.Set;

/**
 * The differences between two lists of one account.
 *
 * @param ids bots that were added, removed or changed
 * @param slugs of these bots, in both lists
 * @param size number of bots in the later list
 */
public record InventoryChange(Set<String> ids, Set<String> slugs, int size) {

  public InventoryChange {
    ids = Set.copyOf(ids);
    slugs = Set.copyOf(slugs);
  }

  /** Returns a change without differences. */
  static InventoryChange none(int size) {
    return new InventoryChange(Set.of(), Set.of(), size);
  }
}
