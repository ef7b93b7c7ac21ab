package ai.okchat.operator.scheduling;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits what all namespaces together keep of something, and each of them to half of that, so that
 * one namespace leaves room for the others.
 */
public final class NamespaceQuota {

  private final long most;
  private final Map<String, Long> taken = new HashMap<>();

  /**
   * @param most maximum of all namespaces together
   */
  public NamespaceQuota(long most) {
    this.most = most;
  }

  /** The limit that a namespace reached. */
  public enum Limit {
    NONE,
    OF_NAMESPACE,
    OF_ALL
  }

  public long most() {
    return most;
  }

  public long mostOfNamespace() {
    return most / 2;
  }

  /** Takes more, or nothing if that exceeds the limit that is returned. */
  public synchronized Limit take(String namespace, long more) {
    if (taken.getOrDefault(namespace, 0L) + more > mostOfNamespace()) {
      return Limit.OF_NAMESPACE;
    }
    if (taken.values().stream().mapToLong(Long::longValue).sum() + more > most) {
      return Limit.OF_ALL;
    }
    change(namespace, more);
    return Limit.NONE;
  }

  /** Adds or subtracts without a limit. */
  public synchronized void change(String namespace, long more) {
    if (more != 0) {
      taken.merge(namespace, more, (before, added) -> before + added == 0 ? null : before + added);
    }
  }
}
