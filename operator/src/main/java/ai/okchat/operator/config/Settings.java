package ai.okchat.operator.config;

import ai.okchat.operator.fetch.Cidr;
import ai.okchat.operator.fetch.OutboundProxy;
import ai.okchat.operator.shard.Shard;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads settings by name, flags before environment, and collects their errors. */
final class Settings {

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** A name of at most 40 characters, because it becomes part of the name of the Lease. */
  private static final Pattern SHARD = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)(|Ki|Mi|Gi|Ti|k|M|G|T)");

  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "Ki", 1L << 10,
          "Mi", 1L << 20,
          "Gi", 1L << 30,
          "Ti", 1L << 40,
          "k", 1_000L,
          "M", 1_000_000L,
          "G", 1_000_000_000L,
          "T", 1_000_000_000_000L);

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]+");

  private final Map<String, String> typed;
  private final Map<String, String> environment;
  private final List<String> errors = new ArrayList<>();

  Settings(Map<String, String> typed, Map<String, String> environment) {
    this.typed = typed;
    this.environment = environment;
  }

  String text(String name, String otherwise) {
    var flag = typed.getOrDefault(name, "");
    var value = flag.isEmpty() ? environment.getOrDefault(name, "") : flag;
    return value.isBlank() ? otherwise : value.strip();
  }

  int number(String name, int otherwise, int least, int most) {
    var text = text(name, Integer.toString(otherwise));
    try {
      var number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    return report(name, text, "a whole number from %d to %d".formatted(least, most), otherwise);
  }

  /** Reads a size in bytes, written as a Kubernetes quantity. */
  long size(String name, long otherwise, long least) {
    var text = text(name, Long.toString(otherwise));
    var size = SIZE.matcher(text);
    if (size.matches()) {
      var unit = Objects.requireNonNull(UNITS.get(size.group(2)));
      var bytes =
          new BigDecimal(size.group(1))
              .multiply(BigDecimal.valueOf(unit))
              .min(BigDecimal.valueOf(Long.MAX_VALUE))
              .longValue();
      if (bytes >= least) {
        return bytes;
      }
    }
    return report(
        name, text, "a size such as 4Gi, and at least %d bytes".formatted(least), otherwise);
  }

  boolean yesOrNo(String name, boolean otherwise) {
    var text = text(name, Boolean.toString(otherwise)).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> report(name, text, "true or false", otherwise);
    };
  }

  <E extends Enum<E>> E oneOf(String name, E otherwise) {
    var text = text(name, otherwise.name());
    var values = otherwise.getDeclaringClass().getEnumConstants();
    var all =
        Arrays.stream(values)
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return Arrays.stream(values)
        .filter(value -> value.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseGet(() -> report(name, text, "one of " + all, otherwise));
  }

  Set<String> names(String name) {
    return Set.copyOf(items(name, NAMESPACE::matcher, "names of namespaces"));
  }

  Set<String> hosts(String name) {
    return items(name, HOST::matcher, "names of hosts").stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  Shard shard(String name) {
    var text = text(name, "");
    if (text.isEmpty()) {
      return Shard.UNNAMED;
    }
    return SHARD.matcher(text).matches()
        ? Shard.named(text)
        : report(name, text, "a name of up to 40 small letters, digits and hyphens", Shard.UNNAMED);
  }

  List<Cidr> ranges(String name) {
    return list(name).flatMap(item -> range(name, item)).toList();
  }

  /** Reads the proxy. An error does not quote the URL, which may contain a password. */
  Optional<OutboundProxy> proxy(String urlName, String exclusionsName) {
    var url = text(urlName, "");
    try {
      return url.isEmpty()
          ? Optional.empty()
          : Optional.of(OutboundProxy.of(url, list(exclusionsName).toList()));
    } catch (IllegalArgumentException e) {
      errors.add(
          "%s (%s) or %s (%s) is invalid: %s"
              .formatted(
                  flag(urlName), urlName, flag(exclusionsName), exclusionsName, e.getMessage()));
      return Optional.empty();
    }
  }

  Optional<Path> file(String name) {
    return Optional.of(text(name, "")).filter(text -> !text.isEmpty()).map(Path::of);
  }

  /**
   * @throws InvalidConfigException if any setting so far is invalid
   */
  void throwIfInvalid() {
    if (!errors.isEmpty()) {
      throw new InvalidConfigException(errors);
    }
  }

  private Stream<Cidr> range(String name, String text) {
    try {
      return Stream.of(Cidr.parse(text));
    } catch (IllegalArgumentException e) {
      return report(name, text, "ranges such as 10.1.0.0/16", Stream.<Cidr>of());
    }
  }

  private List<String> items(
      String name, Function<String, java.util.regex.Matcher> form, String expected) {
    var items = list(name).distinct().toList();
    items.stream()
        .filter(item -> !form.apply(item).matches())
        .forEach(item -> report(name, item, expected + ", separated by commas", item));
    return items;
  }

  private Stream<String> list(String name) {
    return Arrays.stream(text(name, "").split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty());
  }

  private <T> T report(String name, String value, String expected, T otherwise) {
    errors.add("%s (%s) is '%s' and must be %s".formatted(flag(name), name, value, expected));
    return otherwise;
  }

  private static String flag(String name) {
    return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
