package ai.okchat.operator.fetch;

import java.io.IOException;

/** A link led to an address that {@link AddressPolicy} does not permit. */
final class ForbiddenAddressException extends IOException {
  private static final long serialVersionUID = 1L;

  ForbiddenAddressException() {
    super("the address is loopback, link-local, private or otherwise special");
  }
}
