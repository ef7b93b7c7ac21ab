package ai.okchat.cli;

import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Tells texts, numbers and booleans of YAML apart as kubectl does, except for yes, no, on, off. */
final class ManifestScalars extends CoreSchema {

  @Override
  public ScalarResolver getScalarResolver() {
    var resolver = new CoreScalarResolver(false);
    // The library tries the pattern only for values that start with a small n.
    resolver.addImplicitResolver(Tag.NULL, CoreScalarResolver.NULL, "~N");
    return resolver;
  }
}
