package ai.okchat.operator.status;

import ai.okchat.operator.fetch.AddressPolicy;
import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.FetchException;
import ai.okchat.operator.fetch.ImageFetcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;

/** Exceptions of the real fetcher for links that cannot be followed. */
final class FollowedLink {

  private FollowedLink() {}

  /** The address is loopback: nothing but a change of the spec helps. */
  static FetchException refused() {
    return follow(new AddressPolicy(List.of()), 200);
  }

  /** The other side has trouble. */
  static FetchException failed() {
    return follow(new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8"))), 503);
  }

  private static FetchException follow(AddressPolicy policy, int status) {
    try (var server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().code(status).build());
      new ImageFetcher(new OkHttpClient(), policy)
          .fetchImage("spec.avatar.url", server.url("/a.png").toString());
      throw new AssertionError("The link was followed");
    } catch (FetchException e) {
      return e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
