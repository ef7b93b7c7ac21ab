package ai.okchat.operator.fetch;

import java.net.InetAddress;
import java.util.List;

/**
 * The addresses that a link in a spec may lead to. A user with write access to a spec must not
 * reach through the operator the addresses that only the operator can reach: loopback, link-local
 * (the metadata service of a cloud), private and other special ranges are blocked unless the
 * configuration of the operator allows them.
 */
public record AddressPolicy(List<Cidr> allowed) {

  private static final List<Cidr> SPECIAL =
      List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "224.0.0.0/3",
              "::/127",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "2002::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .stream()
          .map(Cidr::parse)
          .toList();

  public AddressPolicy {
    allowed = List.copyOf(allowed);
  }

  /** Returns whether the operator may open a connection to this address. */
  public boolean permits(InetAddress address) {
    return allowed.stream().anyMatch(range -> range.contains(address))
        || SPECIAL.stream().noneMatch(range -> range.contains(address));
  }
}
