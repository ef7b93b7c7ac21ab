package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPolicyTest {
  private static final AddressPolicy STRICT = new AddressPolicy(List.of());

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "::1, loopback",
    "::ffff:127.0.0.1, loopback written as IPv6",
    "0.0.0.0, this host",
    "0.1.2.3, this network",
    "::, unspecified",
    "169.254.169.254, metadata service of a cloud",
    "169.254.0.1, link-local",
    "::ffff:169.254.169.254, metadata service written as IPv6",
    "fd00:ec2::254, metadata service over IPv6",
    "fe80::1, link-local",
    "febf::1, link-local",
    "10.0.0.1, private",
    "10.96.0.1, where clusters keep their API server",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.168.1.1, private",
    "::ffff:10.0.0.1, private written as IPv6",
    "fc00::1, unique local",
    "fdff::1, unique local",
    "fec0::1, site-local of old",
    "100.64.0.1, behind a carrier's NAT",
    "192.0.0.8, protocol assignments",
    "198.18.0.1, benchmarks",
    "198.19.255.255, benchmarks",
    "224.0.0.1, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, broadcast",
    "ff02::1, multicast",
    "64:ff9b::7f00:1, loopback behind NAT64",
    "64:ff9b::a9fe:a9fe, metadata service behind NAT64",
    "64:ff9b:1::1, NAT64 of a site",
    "2002:7f00:1::, loopback in 6to4"
  })
  void rejectsSpecialAddresses(String address, String meaning) throws UnknownHostException {
    // When
    var permitted = STRICT.permits(InetAddress.getByName(address));

    // Then
    assertThat(permitted).as(meaning).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "::ffff:1.1.1.1",
    "2001:4860:4860::8888",
    "2606:4700::1111",
    "64:ff9b:2::1"
  })
  void permitsPublicAddressesUpToTheEdges(String address) throws UnknownHostException {
    // When
    var permitted = STRICT.permits(InetAddress.getByName(address));

    // Then
    assertThat(permitted).isTrue();
  }

  @Test
  void treatsMappedAddressAsItsIpv4Address() throws UnknownHostException {
    // Given
    var mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;

    // When
    var permitted = STRICT.permits(InetAddress.getByAddress(mapped));

    // Then
    assertThat(permitted).isFalse();
  }

  @Test
  void permitsAllowedRangeOnly() throws UnknownHostException {
    // Given
    var policy = new AddressPolicy(List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("fd00::/64")));

    // When
    var permitted =
        List.of("10.1.2.3", "fd00::7", "10.2.0.0", "127.0.0.1", "fd00:0:0:1::7", "1.1.1.1").stream()
            .map(AddressPolicyTest::address)
            .map(policy::permits)
            .toList();

    // Then
    assertThat(permitted).containsExactly(true, true, false, false, false, true);
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
