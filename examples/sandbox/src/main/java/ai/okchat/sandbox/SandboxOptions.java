package ai.okchat.sandbox;

import ai.okchat.sandbox.switches.Switches;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to start a {@link Sandbox}.
 *
 * @param port 0: any free one
 * @param dataDir made where it is missing; absent: a temporary folder, removed at the end
 * @param apiKeys the first one's organization is the dashboard's default
 */
public record SandboxOptions(
    String host, int port, @Nullable Path dataDir, List<ApiKey> apiKeys, Switches switches) {

  /** The key that is accepted when none is given. */
  public static final String DEFAULT_API_KEY = "sandbox-key";

  public SandboxOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: must be from 0 to 65535");
    }
    if (apiKeys.isEmpty()) {
      throw new IllegalArgumentException("apiKeys: at least one is needed");
    }
    apiKeys = List.copyOf(apiKeys);
  }

  /** A free port of 127.0.0.1, temporary data, one key, switches at their defaults. */
  public static SandboxOptions defaults() {
    return new SandboxOptions(
        "127.0.0.1", 0, null, List.of(new ApiKey(DEFAULT_API_KEY, "sandbox")), Switches.defaults());
  }

  public SandboxOptions withHost(String changed) {
    return new SandboxOptions(changed, port, dataDir, apiKeys, switches);
  }

  public SandboxOptions withPort(int changed) {
    return new SandboxOptions(host, changed, dataDir, apiKeys, switches);
  }

  public SandboxOptions withDataDir(Path changed) {
    return new SandboxOptions(host, port, changed, apiKeys, switches);
  }

  /** These keys in place of the present ones, each {@code KEY} or {@code KEY=ORGANIZATION}. */
  public SandboxOptions withApiKeys(String... changed) {
    var keys = Stream.of(changed).map(ApiKey::parse).toList();
    return new SandboxOptions(host, port, dataDir, keys, switches);
  }

  public SandboxOptions withSwitches(Switches changed) {
    return new SandboxOptions(host, port, dataDir, apiKeys, changed);
  }

  /** One switch, by its JSON name: {@code withSwitch("listLagMillis", 500)}. */
  public SandboxOptions withSwitch(String name, Object value) {
    return withSwitches(switches.with(name, value));
  }
}
