package ai.okchat.sandbox;

import ai.okchat.sandbox.conversation.LanguageModelServer;
import ai.okchat.sandbox.switches.Switches;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to start a {@link Sandbox}.
 *
 * @param dataDir made where it is missing; absent: a temporary folder, removed at the end
 * @param apiKeys the first one's organization is the dashboard's default
 * @param languageModel writes the answers of chats; absent: passages are quoted
 * @param hostNames names besides those of the loopback interface by which controls are reached
 */
public record SandboxOptions(
    Address address,
    @Nullable Path dataDir,
    List<ApiKey> apiKeys,
    Switches switches,
    @Nullable LanguageModelServer languageModel,
    List<String> hostNames) {

  /** The key that is accepted when none is given. */
  public static final String DEFAULT_API_KEY = "sandbox-key";

  /**
   * Where to listen.
   *
   * @param port 0: any free one
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

  /** A free port of 127.0.0.1, temporary data, one key, switches at their defaults, no model. */
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

  /** Names by which the controls are reached: the host that it listens on is one of them. */
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

  /** These keys in place of the present ones, each {@code KEY} or {@code KEY=ORGANIZATION}. */
  public SandboxOptions withApiKeys(String... changed) {
    var keys = Stream.of(changed).map(ApiKey::parse).toList();
    return new SandboxOptions(address, dataDir, keys, switches, languageModel, hostNames);
  }

  public SandboxOptions withSwitches(Switches changed) {
    return new SandboxOptions(address, dataDir, apiKeys, changed, languageModel, hostNames);
  }

  /** One switch, by its JSON name: {@code withSwitch("listLagMillis", 500)}. */
  public SandboxOptions withSwitch(String name, Object value) {
    return withSwitches(switches.with(name, value));
  }

  public SandboxOptions withLanguageModel(LanguageModelServer changed) {
    return new SandboxOptions(address, dataDir, apiKeys, switches, changed, hostNames);
  }

  /** Controls are served under these names too. */
  public SandboxOptions withHostNames(List<String> changed) {
    return new SandboxOptions(address, dataDir, apiKeys, switches, languageModel, changed);
  }

  private SandboxOptions withAddress(Address changed) {
    return new SandboxOptions(changed, dataDir, apiKeys, switches, languageModel, hostNames);
  }
}
