package ai.okchat.operator.chart;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.operator.testing.Chart;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlockBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPolicyTest {

  private static final int API_SERVER_PORT = 6443;
  private static final int BACKEND_PORT = 8443;

  @Test
  @DisplayName("T96: the rule for the API server does not admit the address of cloud metadata")
  void ruleForApiServerExcludesLinkLocalAddresses() {
    // When
    var blocks = blocks("{}", API_SERVER_PORT);

    // Then
    assertThat(blocks).containsExactly(block("0.0.0.0/0", "169.254.0.0/16"), block("::/0"));
  }

  @Test
  @DisplayName("T96: an exception outside of a narrowed range is omitted")
  void omitsExceptionOutsideOfTheRange() {
    // When
    var blocks = blocks("egressCidrs: [10.0.0.0/8, 169.0.0.0/8]", BACKEND_PORT);

    // Then
    assertThat(blocks).containsExactly(block("10.0.0.0/8"), block("169.0.0.0/8", "169.254.0.0/16"));
  }

  @Test
  void omitsRangeInsideOfAnException() {
    // When
    var blocks = blocks("egressCidrs: [169.254.169.254/32, 10.0.0.0/8]", BACKEND_PORT);

    // Then
    assertThat(blocks).containsExactly(block("10.0.0.0/8"));
  }

  @Test
  void rendersNoRuleWhenExceptionsCloseAllRanges() {
    // When
    var rules = rules("egressCidrs: [169.254.0.0/16]", BACKEND_PORT);

    // Then
    assertThat(rules).isEmpty();
  }

  @Test
  void rendersExceptionsExactlyWhereTheyLieInside() throws UnknownHostException {
    // Given
    var random = new Random(18);
    var cidrs = new ArrayList<String>();
    var exceptions = new ArrayList<String>();
    for (var i = 0; i < 60; i++) {
      cidrs.add(randomCidr(random, 6));
      if (i % 5 == 0) {
        exceptions.add(randomCidr(random, 14));
      }
    }
    var expected = new ArrayList<IPBlock>();
    for (var cidr : cidrs) {
      if (exceptions.stream().noneMatch(exception -> contains(exception, cidr))) {
        var inside = exceptions.stream().filter(exception -> contains(cidr, exception));
        expected.add(block(cidr, inside.toArray(String[]::new)));
      }
    }

    // When
    var blocks =
        blocks(
            "egressCidrs: [%s], egressExceptCidrs: [%s]".formatted(list(cidrs), list(exceptions)),
            BACKEND_PORT);

    // Then
    assertThat(blocks).isEqualTo(expected).hasSizeBetween(30, 59);
    assertThat(expected).filteredOn(block -> !block.getExcept().isEmpty()).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1:2:3/64",
        "::1::2/64",
        "1:2:3:4:5:6:7:8:9/64",
        ":1:2:3:4:5:6:7/64",
        "1:2:3:4:5:6:7:/64",
        ":::/0"
      })
  void rejectsRangeThatTheApiServerRejects(String range) {
    // When
    var attempt =
        assertThatThrownBy(() -> blocks("egressCidrs: [\"%s\"]".formatted(range), BACKEND_PORT));

    // Then
    attempt.hasMessageMatching("(?s).*(is no range of IPv6 addresses|does not match pattern).*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"::/0", "fd00::/8", "2001:db8:0:0:0:0:0:0/32", "::1/128", "2001:DB8::/32"})
  void acceptsEachFormOfAnIpv6Range(String range) {
    // When
    var blocks = blocks("egressCidrs: [\"%s\"]".formatted(range), BACKEND_PORT);

    // Then
    assertThat(blocks).containsExactly(block(range));
  }

  @Test
  void allowsThePortOfTheProxy() {
    // When
    var rendered =
        Chart.OURS.render(
            ValuesRow.RELEASE,
            ValuesRow.NAMESPACE,
            "proxy: {url: 'http://proxy.example.com:3128'}");

    // Then
    assertThat(rendered.one(NetworkPolicy.class, ValuesRow.RELEASE).getSpec().getEgress())
        .flatExtracting(NetworkPolicyEgressRule::getPorts)
        .extracting(NetworkPolicyPort::getPort)
        .contains(new IntOrString(443), new IntOrString(3128));
  }

  @Test
  @DisplayName("T98: only the operator reaches the sandbox of the chart")
  void onlyTheOperatorReachesTheSandbox() {
    // When
    var rendered =
        Chart.OURS.render(ValuesRow.RELEASE, ValuesRow.NAMESPACE, "sandbox: {enabled: true}");

    // Then
    var sandbox = "okchat-operator-sandbox";
    var operator = rendered.one(Deployment.class, ValuesRow.RELEASE).getSpec().getSelector();
    assertThat(rendered.one(NetworkPolicy.class, sandbox).getSpec())
        .isEqualTo(
            new NetworkPolicySpecBuilder()
                .withPodSelector(rendered.one(Deployment.class, sandbox).getSpec().getSelector())
                .withPolicyTypes("Ingress", "Egress")
                .addNewIngress()
                .addNewFrom()
                .withPodSelector(operator)
                .endFrom()
                .addNewPort()
                .withPort(new IntOrString("http"))
                .withProtocol("TCP")
                .endPort()
                .endIngress()
                .build());
  }

  private static List<IPBlock> blocks(String values, int port) {
    var rules = rules(values, port);
    assertThat(rules).hasSize(1);
    return rules.getFirst().getTo().stream().map(NetworkPolicyPeer::getIpBlock).toList();
  }

  private static List<NetworkPolicyEgressRule> rules(String values, int port) {
    var inner = values.equals("{}") ? "" : ", " + values;
    return Chart.OURS
        .render(
            ValuesRow.RELEASE,
            ValuesRow.NAMESPACE,
            "networkPolicy: {egressPorts: [%d]%s}".formatted(BACKEND_PORT, inner))
        .one(NetworkPolicy.class, ValuesRow.RELEASE)
        .getSpec()
        .getEgress()
        .stream()
        .filter(
            rule ->
                rule.getPorts().stream()
                    .anyMatch(allowed -> allowed.getPort().equals(new IntOrString(port))))
        .toList();
  }

  private static IPBlock block(String cidr, String... exceptions) {
    return new IPBlockBuilder().withCidr(cidr).withExcept(exceptions).build();
  }

  private static String list(List<String> cidrs) {
    return cidrs.stream().map("\"%s\""::formatted).collect(joining(", "));
  }

  /** Few different bits, so that ranges often lie inside of each other. */
  private static String randomCidr(Random random, int leastPrefix) throws UnknownHostException {
    var bytes = new byte[random.nextBoolean() ? 4 : 16];
    bytes[0] = 0x20;
    var prefix = leastPrefix + random.nextInt(33 - leastPrefix);
    for (var bit = 8; bit < prefix; bit++) {
      if (random.nextInt(8) == 0) {
        bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
      }
    }
    var address = InetAddress.getByAddress(bytes).getHostAddress();
    return (random.nextBoolean() ? address.replaceFirst("(:0)+$", "::") : address) + "/" + prefix;
  }

  /** Returns whether the second range is inside the first. */
  private static boolean contains(String outer, String inner) {
    return outer.contains(":") == inner.contains(":") && network(inner).startsWith(network(outer));
  }

  private static String network(String cidr) {
    var slash = cidr.indexOf('/');
    try {
      var address = InetAddress.getByName(cidr.substring(0, slash)).getAddress();
      var bits = new StringBuilder();
      for (var part : address) {
        bits.append(Integer.toBinaryString(0x100 | Byte.toUnsignedInt(part)).substring(1));
      }
      return bits.substring(0, Integer.parseInt(cidr.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(cidr, e);
    }
  }
}
