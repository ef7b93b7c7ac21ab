package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedSocketsTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final GuardedSockets sockets = new GuardedSockets(new AddressPolicy(List.of()));

  @Test
  void a_socket_connects_to_no_forbidden_address() throws Exception {
    // Given
    try (var socket = sockets.createSocket()) {

      // When
      var refusal =
          assertThatExceptionOfType(ForbiddenAddressException.class)
              .isThrownBy(() -> socket.connect(new InetSocketAddress(LOOPBACK, 1), 100));

      // Then
      refusal.withMessage("the address is loopback, link-local, private or otherwise special");
    }
  }

  @Test
  void the_short_form_of_connect_is_guarded_as_well() throws Exception {
    // Given
    try (var socket = sockets.createSocket()) {

      // When, Then
      assertThatExceptionOfType(ForbiddenAddressException.class)
          .isThrownBy(() -> socket.connect(new InetSocketAddress(LOOPBACK, 1)));
    }
  }

  @Test
  void a_name_that_was_not_resolved_is_refused() throws Exception {
    // Given
    try (var socket = sockets.createSocket()) {

      // When, Then
      assertThatExceptionOfType(ForbiddenAddressException.class)
          .isThrownBy(
              () -> socket.connect(InetSocketAddress.createUnresolved("example.com", 80), 100));
    }
  }

  @Test
  void no_socket_is_handed_out_that_is_connected_already() {
    // When, Then
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> sockets.createSocket("127.0.0.1", 1));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> sockets.createSocket(LOOPBACK, 1));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> sockets.createSocket("127.0.0.1", 1, LOOPBACK, 0));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> sockets.createSocket(LOOPBACK, 1, LOOPBACK, 0));
  }
}
