package ai.okchat.operator.chart;

import ai.okchat.operator.testing.Chart;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.stream.StreamSupport;

/** The Grafana dashboard that the chart renders. */
record Dashboard(JsonNode json) {

  static Dashboard rendered() {
    var text =
        Chart.OURS
            .render("okchat-operator", "okchat", "dashboard: {enabled: true}")
            .one(ConfigMap.class, "-dashboard")
            .getData()
            .get("okchat-operator.json");
    try {
      return new Dashboard(new ObjectMapper().readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> titles() {
    return panels().stream().map(panel -> panel.path("title").asText()).toList();
  }

  /** All queries of all panels, for one namespace. */
  List<String> queries() {
    return panels().stream()
        .flatMap(panel -> stream(panel.path("targets")).stream())
        .map(target -> target.path("expr").asText())
        .map(
            expression ->
                expression.replace("$namespace", "okchat").replace("$__rate_interval", "10m"))
        .toList();
  }

  private List<JsonNode> panels() {
    return stream(json.path("panels"));
  }

  private static List<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
