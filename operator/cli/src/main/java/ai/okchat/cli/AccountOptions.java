package ai.okchat.cli;

import ai.okchat.client.ApiKey;
import ai.okchat.client.CallObserver;
import ai.okchat.client.Endpoint;
import ai.okchat.client.OkChatClient;
import java.util.Objects;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of an account outside of the cluster. */
final class AccountOptions {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

  @Option(names = "--url", paramLabel = "URL", description = "account outside of the cluster")
  private @Nullable String url;

  @Option(
      names = "--key-env",
      paramLabel = "NAME",
      description = "variable with the API key for --url (default: OKCHAT_API_KEY)")
  private String keyVariable = BackendAccess.KEY_VARIABLE;

  @Option(names = "--allow-insecure", description = "permit --url with http to other machines")
  private boolean allowInsecure;

  /** Returns whether the user names an account. */
  boolean isGiven() {
    return url != null;
  }

  /** Opens the account, with the key of the environment. */
  OkChatClient open(Streams streams) {
    var link = HttpUrl.parse(Objects.requireNonNull(url));
    if (link == null || !(link.isHttps() || allowInsecure || THIS_MACHINE.contains(link.host()))) {
      throw PluginException.unknown(
          "--url has to be an https link, such as https://v2.okchat.ai. For a sandbox with http on"
              + " another machine, add --allow-insecure.");
    }
    var key = streams.variable(keyVariable);
    if (key.isBlank()) {
      throw PluginException.unknown(
          "--url needs the API key of the account in the variable %s. Set it, or name another with --key-env."
              .formatted(VisibleText.bounded(keyVariable, 80)));
    }
    try {
      return new OkChatClient(
          HttpConnections.client(streams).build(),
          new Endpoint(link, ApiKey.of(key), BackendAccess.TIMEOUT),
          CallObserver.NONE);
    } catch (IllegalArgumentException e) {
      throw PluginException.unknown(
          "The connection of --url cannot be used: %s.".formatted(e.getMessage()));
    }
  }
}
