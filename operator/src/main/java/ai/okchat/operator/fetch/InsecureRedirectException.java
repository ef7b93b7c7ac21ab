package ai.okchat.operator.fetch;

import java.io.IOException;

/** A server redirected a request from https to http. */
final class InsecureRedirectException extends IOException {
  private static final long serialVersionUID = 1L;

  InsecureRedirectException() {
    super("redirect from https to http");
  }
}
