package ai.okchat.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Tells texts, numbers and booleans of YAML apart as kubectl does, which also reads YAML 1.1. */
final class ManifestScalars extends CoreSchema {
  private static final Pattern BOOLEAN_OF_YAML_1_1 =
      Pattern.compile("y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF");

  private static final Set<String> TRUE = Set.of("true", "y", "yes", "on");

  @Override
  public ScalarResolver getScalarResolver() {
    var resolver = new CoreScalarResolver(false);
    // The library tries the pattern only for values that start with a small n.
    resolver.addImplicitResolver(Tag.NULL, CoreScalarResolver.NULL, "~N");
    resolver.addImplicitResolver(Tag.BOOL, BOOLEAN_OF_YAML_1_1, "yYnNoO");
    return resolver;
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    var constructors = new HashMap<>(super.getSchemaTagConstructors());
    constructors.put(Tag.BOOL, ManifestScalars::isTrue);
    return constructors;
  }

  private static boolean isTrue(Node scalar) {
    return TRUE.contains(((ScalarNode) scalar).getValue().toLowerCase(Locale.ROOT));
  }
}
