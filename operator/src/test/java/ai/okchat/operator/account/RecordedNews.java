package ai.okchat.operator.account;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Records the news of an inventory as lines. */
final class RecordedNews implements InventoryListener {
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

  /** Returns the news since the last call. */
  synchronized List<String> lines() {
    var heard = List.copyOf(lines);
    lines.clear();
    return heard;
  }
}
