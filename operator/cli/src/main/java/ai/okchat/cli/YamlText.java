package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes JSON trees as YAML, with hidden characters made visible. */
final class YamlText {
  private YamlText() {}

  static String of(JsonNode tree) {
    var settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setMultiLineFlow(false)
            .setWidth(120)
            .build();
    return new Dump(settings).dumpToString(value(tree));
  }

  private static @Nullable Object value(JsonNode tree) {
    if (tree.isObject()) {
      var fields = new LinkedHashMap<String, @Nullable Object>();
      tree.properties()
          .forEach(field -> fields.put(VisibleText.lines(field.getKey()), value(field.getValue())));
      return fields;
    }
    if (tree.isArray()) {
      var values = new ArrayList<@Nullable Object>();
      tree.forEach(element -> values.add(value(element)));
      return values;
    }
    if (tree.isNumber()) {
      return tree.numberValue();
    }
    if (tree.isBoolean()) {
      return tree.booleanValue();
    }
    return tree.isNull() ? null : VisibleText.lines(tree.asText());
  }
}
