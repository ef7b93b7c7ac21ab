package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A label selector of a manifest: for requests, and for objects of manifests, which the API server
 * does not select.
 */
record LabelQuery(JsonNode selector) {

  /** Returns the value of the parameter {@code labelSelector}. */
  String text() {
    var parts = new ArrayList<String>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(label -> parts.add(label.getKey() + "=" + label.getValue().asText()));
    for (var rule : selector.path("matchExpressions")) {
      var key = rule.path("key").asText();
      var values = "(" + String.join(",", values(rule)) + ")";
      parts.add(
          switch (rule.path("operator").asText()) {
            case "In" -> key + " in " + values;
            case "NotIn" -> key + " notin " + values;
            case "Exists" -> key;
            case "DoesNotExist" -> "!" + key;
            default -> throw unknownOperator();
          });
    }
    return String.join(",", parts);
  }

  boolean matches(KubeObject object) {
    var labels = object.json().path("metadata").path("labels");
    for (var label : selector.path("matchLabels").properties()) {
      if (!labels.path(label.getKey()).equals(label.getValue())) {
        return false;
      }
    }
    for (var rule : selector.path("matchExpressions")) {
      var label = labels.path(rule.path("key").asText());
      var isListed = label.isTextual() && values(rule).contains(label.textValue());
      var isMatch =
          switch (rule.path("operator").asText()) {
            case "In" -> isListed;
            case "NotIn" -> !isListed;
            case "Exists" -> label.isTextual();
            case "DoesNotExist" -> !label.isTextual();
            default -> throw unknownOperator();
          };
      if (!isMatch) {
        return false;
      }
    }
    return true;
  }

  private static List<String> values(JsonNode rule) {
    var values = new ArrayList<String>();
    rule.path("values").forEach(value -> values.add(value.asText()));
    return values;
  }

  private static PluginException unknownOperator() {
    return SpecReader.invalid(
        "spec.configMap.selector.matchExpressions",
        "needs the operator In, NotIn, Exists or DoesNotExist");
  }
}
