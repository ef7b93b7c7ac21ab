package ai.okchat.sandbox.conversation;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The server of a language model, and the key for it. {@code toString} omits the key.
 *
 * @param url of the API, for example {@code http://127.0.0.1:11434/v1}
 * @param model null: the model of the bot
 */
public record LanguageModelServer(URI url, @Nullable String model, @Nullable String key) {

  public LanguageModelServer {
    var scheme = String.valueOf(url.getScheme());
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "languageModel: the URL must be one of http or https, for example"
              + " http://127.0.0.1:11434/v1");
    }
  }

  URI completions() {
    var base = url.toString();
    return URI.create(base + (base.endsWith("/") ? "" : "/") + "chat/completions");
  }

  @Override
  public String toString() {
    return "LanguageModelServer[host=" + url.getHost() + "]";
  }
}
