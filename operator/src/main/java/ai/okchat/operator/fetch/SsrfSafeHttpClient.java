package ai.okchat.operator.fetch;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.Objects;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Creates the HTTP client for links in specs: it reaches permitted addresses only, directly or
 * through the proxy of the operator, stores no cookies, follows no redirect from https to http, and
 * sends credentials only to the origins that they are for, on redirects too.
 */
final class SsrfSafeHttpClient {

  static final String USER_AGENT = "okchat-operator";

  private static final Duration QUIET = Duration.ofSeconds(30);

  private SsrfSafeHttpClient() {}

  static OkHttpClient client(OkHttpClient shared, AddressPolicy policy, Duration longestCall) {
    var proxy = OutboundProxy.of(shared);
    var guarded = shared.newBuilder().socketFactory(new SsrfSafeSocketFactory(policy, proxy));
    proxy.ifPresentOrElse(
        outbound -> guarded.proxySelector(outbound.guarded(policy)),
        () -> guarded.proxy(Proxy.NO_PROXY));
    return guarded
        .authenticator(Authenticator.NONE)
        .cookieJar(CookieJar.NO_COOKIES)
        .cache(null)
        .callTimeout(longestCall)
        .readTimeout(QUIET)
        .addNetworkInterceptor(chain -> toPermittedAddress(chain, policy))
        .addNetworkInterceptor(SsrfSafeHttpClient::withCredentials)
        .addNetworkInterceptor(SsrfSafeHttpClient::withoutInsecureRedirect)
        .build();
  }

  /** Rejects a link to the proxy itself, to which the sockets may connect. */
  private static Response toPermittedAddress(Interceptor.Chain chain, AddressPolicy policy)
      throws IOException {
    var route = Objects.requireNonNull(chain.connection()).route();
    if (route.proxy().type() == Proxy.Type.DIRECT
        && !policy.permits(route.socketAddress().getAddress())) {
      throw new ForbiddenAddressException();
    }
    return chain.proceed(chain.request());
  }

  /** Rejects a redirect from https to http; runs for each hop of a request. */
  private static Response withoutInsecureRedirect(Interceptor.Chain chain) throws IOException {
    var response = chain.proceed(chain.request());
    var url = chain.request().url();
    var location = response.isRedirect() ? response.header("Location") : null;
    var next = location == null ? null : url.resolve(location);
    if (url.isHttps() && next != null && !next.isHttps()) {
      response.close();
      throw new InsecureRedirectException();
    }
    return response;
  }

  /** Adds credentials; runs for each hop of a request, so it checks the target of each redirect. */
  private static Response withCredentials(Interceptor.Chain chain) throws IOException {
    var request = chain.request();
    var credentials = request.tag(OriginHeaders.class);
    if (credentials == null) {
      return chain.proceed(request);
    }
    var hop = request.newBuilder();
    credentials.headersFor(request.url()).forEach((name, value) -> hop.header(name, value));
    return chain.proceed(hop.build());
  }
}
