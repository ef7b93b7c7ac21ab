package ai.okchat.operator.fetch;

import java.io.IOException;

/** A link led to an address that the operator may not reach for a spec. */
final class ForbiddenAddressException extends IOException {
  private static final long serialVersionUID = 1L;

  ForbiddenAddressException() {
    super("the address is loopback, link-local, private or otherwise special");
  }
}
