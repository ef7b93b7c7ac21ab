package ai.okchat.operator.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, true",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
    "100.64.0.0/10, 100.127.255.255, true",
    "100.64.0.0/10, 100.128.0.0, false",
    "192.0.2.7/32, 192.0.2.7, true",
    "192.0.2.7/32, 192.0.2.6, false",
    "192.0.2.6/31, 192.0.2.7, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 203.0.113.9, false",
    "fc00::/7, fdff:ffff::1, true",
    "fc00::/7, fe00::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1/128, ::1, true",
    "10.0.0.0/8, ::ffff:10.1.2.3, true"
  })
  void containsTheAddressesThatShareItsPrefix(String range, String address, boolean expected)
      throws Exception {
    // Given
    var cidr = Cidr.parse(range);

    // When
    var contains = cidr.contains(InetAddress.getByName(address));

    // Then
    assertThat(contains).isEqualTo(expected);
  }

  @Test
  void ignoresBitsBehindThePrefix() throws Exception {
    // When
    var cidr = Cidr.parse("10.1.2.3/16");

    // Then
    assertThat(cidr.contains(InetAddress.getByName("10.1.255.255"))).isTrue();
    assertThat(cidr.contains(InetAddress.getByName("10.2.0.0"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8 ",
        "10.0.0.0/8/8",
        "10.0.0/8",
        "10.1/16",
        "10/8",
        "256.0.0.0/8",
        "999.999.999.999/8",
        "fc00::/129",
        "fc00:::/7",
        "fe80::1%lo/64",
        "example.com/8",
        "cafe.be/8",
        "::ffff:10.0.0.0/104"
      })
  void rejectsInvalidRangeByName(String text) {
    // When
    var rejection = assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));

    // Then
    rejection.withMessage("'%s' is no range such as 10.0.0.0/8", text);
  }
}
