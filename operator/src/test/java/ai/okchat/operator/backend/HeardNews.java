package ai.okchat.operator.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What an inventory told, as lines. */
final class HeardNews implements InventoryListener {
  private final List<String> lines = new ArrayList<>();

  @Override
  public synchronized void listed(AccountId account, InventoryChange change, boolean recovered) {
    lines.add(
        "listed %s %s%s"
            .formatted(
                new TreeSet<>(change.ids()),
                new TreeSet<>(change.slugs()),
                recovered ? " recovered" : ""));
  }

  @Override
  public synchronized void failed(AccountId account) {
    lines.add("failed");
  }

  /** What was told since the last look. */
  synchronized List<String> lines() {
    var heard = List.copyOf(lines);
    lines.clear();
    return heard;
  }
}
