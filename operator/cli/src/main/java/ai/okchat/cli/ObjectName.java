package ai.okchat.cli;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An argument {@code NAME} or {@code KIND/NAME}.
 *
 * @param kind empty if the user named none
 */
record ObjectName(Optional<Kind> kind, String name) {
  private static final int LONGEST = 253;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  static ObjectName parse(String argument) {
    var slash = argument.indexOf('/');
    return slash < 0
        ? new ObjectName(Optional.empty(), checked(argument))
        : new ObjectName(
            Optional.of(Kind.of(argument.substring(0, slash))),
            checked(argument.substring(slash + 1)));
  }

  /** Parses the name of an object of this kind; another kind is an error. */
  static String parse(String argument, Kind expected) {
    var parsed = parse(argument);
    if (parsed.kind().isPresent() && parsed.kind().get() != expected) {
      throw PluginException.unknown(
          "%s is not a %s. This command needs the name of a %s."
              .formatted(VisibleText.bounded(argument, 80), expected.title(), expected.title()));
    }
    return parsed.name();
  }

  /** Returns whether an object can have this name. */
  static boolean isValid(String name) {
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }

  /** Rejects a name that no object can have, before it becomes a part of a path. */
  static String checked(String name) {
    if (!isValid(name)) {
      throw PluginException.unknown(
          "\"%s\" is not the name of an object. Names have lower-case letters, digits, hyphens and"
                  .formatted(VisibleText.bounded(name, 60))
              + " dots.");
    }
    return name;
  }
}
