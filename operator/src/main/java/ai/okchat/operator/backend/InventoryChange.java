package ai.okchat.operator.backend;

import java.util.Set;

/**
 * What differs between two lists of one account.
 *
 * @param ids bots that came, went or look different
 * @param slugs the slugs that these bots have or had
 * @param size how many bots the later one has
 */
public record InventoryChange(Set<String> ids, Set<String> slugs, int size) {

  public InventoryChange {
    ids = Set.copyOf(ids);
    slugs = Set.copyOf(slugs);
  }

  /** Nothing differs. */
  static InventoryChange none(int size) {
    return new InventoryChange(Set.of(), Set.of(), size);
  }
}
