package ai.okchat.operator.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A range of IP addresses, such as {@code 10.0.0.0/8}. */
public record Cidr(InetAddress network, int prefix) {

  // Four numbers, or a colon: a host name would be resolved, and 10.1 would mean 10.0.0.1.
  private static final Pattern FORM =
      Pattern.compile("(\\d+(?:\\.\\d+){3}|[0-9a-fA-F.]*:[0-9a-fA-F.:]*)/(\\d{1,3})");

  /**
   * Parses a range in the usual notation.
   *
   * @throws IllegalArgumentException if the text is not a range
   */
  public static Cidr parse(String text) {
    var form = FORM.matcher(text);
    if (form.matches()) {
      try {
        var network = InetAddress.getByName(form.group(1));
        var prefix = Integer.parseInt(form.group(2));
        if (prefix <= network.getAddress().length * 8) {
          return new Cidr(network, prefix);
        }
      } catch (UnknownHostException e) {
        // Reported below.
      }
    }
    throw new IllegalArgumentException("'%s' is no range such as 10.0.0.0/8".formatted(text));
  }

  boolean contains(InetAddress address) {
    var mine = network.getAddress();
    var other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (var bit = 0; bit < prefix; bit++) {
      var mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
