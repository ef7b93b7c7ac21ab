package ai.okchat.operator.fetch;

import java.io.IOException;

/** The address of a repository responds with a web page. */
final class WebPageException extends IOException {
  private static final long serialVersionUID = 1L;

  WebPageException() {
    super("the response is a web page");
  }
}
