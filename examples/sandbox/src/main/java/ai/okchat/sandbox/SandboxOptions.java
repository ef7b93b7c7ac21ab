package ai.okchat.sandbox;

import ai.okchat.sandbox.conversation.LanguageModelServer;
import ai.okchat.sandbox.switches.Switches;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link Sandbox}.
 *
 * @param dataDir created if it does not exist; null: a temporary folder, removed at the end
 * @param apiKeys the organization of the first key is the default of the dashboard
 * @param languageModel writes the answers of chats; null: passages are quoted
 * @param hostNames names under which the controls are served, besides those of the loopback
 *     interface
 */
public record SandboxOptions(
    Address address,
    @Nullable Path dataDir,
    List<ApiKey> apiKeys,
    Switches switches,
    @Nullable LanguageModelServer languageModel,
    List<String> hostNames) {

  /** The accepted key if no other is given. */
  public static final String DEFAULT_API_KEY = "sandbox-key";

  /**
   * The address to listen on.
   *
   * @param port 0: any free port
   */
  public record Address(String host, int port) {
    public Address {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port: must be from 0 to 65535");
      }
    }
  }

  public SandboxOptions {
    if (apiKeys.isEmpty()) {
      throw new IllegalArgumentException("apiKeys: at least one is needed");
    }
    apiKeys = List.copyOf(apiKeys);
    hostNames = List.copyOf(hostNames);
  }

  /**
   * Returns the defaults: a free port of 127.0.0.1, temporary data, one key, default switches, no
   * model.
   */
  public static SandboxOptions defaults() {
    return new SandboxOptions(
        new Address("127.0.0.1", 0),
        null,
        List.of(new ApiKey(DEFAULT_API_KEY, "sandbox")),
        Switches.defaults(),
        null,
        List.of());
  }

  public String host() {
    return address.host();
  }

  /** Returns the names under which the controls are served, including the listening host. */
  List<String> controlNames() {
    return Stream.concat(Stream.of(host()), hostNames.stream()).toList();
  }

  public SandboxOptions withHost(String changed) {
    return withAddress(new Address(changed, address.port()));
  }

  public SandboxOptions withPort(int changed) {
    return withAddress(new Address(address.host(), changed));
  }

  public SandboxOptions withDataDir(Path changed) {
    return new SandboxOptions(address, changed, apiKeys, switches, languageModel, hostNames);
  }

  /** Replaces all keys; each is {@code KEY} or {@code KEY=ORGANIZATION}. */
  public SandboxOptions withApiKeys(String... changed) {
    var keys = Stream.of(changed).map(ApiKey::parse).toList();
    return new SandboxOptions(address, dataDir, keys, switches, languageModel, hostNames);
  }

  public SandboxOptions withSwitches(Switches changed) {
    return new SandboxOptions(address, dataDir, apiKeys, changed, languageModel, hostNames);
  }

  /** Changes one switch, by its JSON name: {@code withSwitch("listLagMillis", 500)}. */
  public SandboxOptions withSwitch(String name, Object value) {
    return withSwitches(switches.with(name, value));
  }

  public SandboxOptions withLanguageModel(LanguageModelServer changed) {
    return new SandboxOptions(address, dataDir, apiKeys, switches, changed, hostNames);
  }

  /** Also serves the controls under these names. */
  public SandboxOptions withHostNames(List<String> changed) {
    return new SandboxOptions(address, dataDir, apiKeys, switches, languageModel, changed);
  }

  private SandboxOptions withAddress(Address changed) {
    return new SandboxOptions(changed, dataDir, apiKeys, switches, languageModel, hostNames);
  }
}
