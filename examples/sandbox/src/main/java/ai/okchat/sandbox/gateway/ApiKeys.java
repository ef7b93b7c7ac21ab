package ai.okchat.sandbox.gateway;

import ai.okchat.sandbox.store.Organization;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Maps API keys to organizations. In memory only: the options have the keys at every start. */
public final class ApiKeys {
  private final Map<String, Organization> organizations = new ConcurrentHashMap<>();

  public Optional<Organization> organizationOf(@Nullable String key) {
    return key == null ? Optional.empty() : Optional.ofNullable(organizations.get(key));
  }

  public void put(String key, Organization organization) {
    organizations.put(key, organization);
  }

  /** Returns false if the key does not exist. */
  public boolean remove(String key) {
    return organizations.remove(key) != null;
  }

  public void clear() {
    organizations.clear();
  }
}
