package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SsrfSafeSocketFactoryTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final SsrfSafeSocketFactory sockets =
      new SsrfSafeSocketFactory(new AddressPolicy(List.of()), Optional.empty());

  @Test
  void socketDoesNotConnectToForbiddenAddress() throws Exception {
    // Given
    try (var socket = sockets.createSocket()) {

      // When
      var rejection =
          assertThatExceptionOfType(ForbiddenAddressException.class)
              .isThrownBy(() -> socket.connect(new InetSocketAddress(LOOPBACK, 1), 100));

      // Then
      rejection.withMessage("the address is loopback, link-local, private or otherwise special");
    }
  }

  @Test
  void connectWithoutTimeoutIsGuarded() throws Exception {
    // Given
    try (var socket = sockets.createSocket()) {

      // When, Then
      assertThatExceptionOfType(ForbiddenAddressException.class)
          .isThrownBy(() -> socket.connect(new InetSocketAddress(LOOPBACK, 1)));
    }
  }

  @Test
  void rejectsUnresolvedName() throws Exception {
    // Given
    try (var socket = sockets.createSocket()) {

      // When, Then
      assertThatExceptionOfType(ForbiddenAddressException.class)
          .isThrownBy(
              () -> socket.connect(InetSocketAddress.createUnresolved("example.com", 80), 100));
    }
  }

  @Test
  void createsNoConnectedSocket() {
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
