package ai.okchat.operator.gitops;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The customizations as Argo CD reads them: keys of its ConfigMap {@code argocd-cm}. */
record ArgoSettings(Map<String, String> keys) {

  private static final String REFRESH =
      "# Generated from resource_customizations/, do not edit. To refresh:"
          + " mvn -pl operator -am test -Dtest='Argo*' -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dupdate\n";

  static ArgoSettings of(List<Customization> customizations) {
    var keys = new TreeMap<String, String>();
    for (var customization : customizations) {
      keys.put(
          "resource.customizations.health.okchat.ai_" + customization.kind(),
          customization.healthScript());
      if (customization.hasActions()) {
        keys.put(
            "resource.customizations.actions.okchat.ai_" + customization.kind(),
            actions(customization));
      }
    }
    return new ArgoSettings(keys);
  }

  /** A patch of the ConfigMap: for {@code kubectl patch}, Kustomize, or a server-side apply. */
  String asPatch() {
    return REFRESH
        + """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: argocd-cm
          labels:
            app.kubernetes.io/name: argocd-cm
            app.kubernetes.io/part-of: argocd
        data:
        """
        + entries(2);
  }

  /** The same as values of Argo CD's Helm chart. */
  String asValues() {
    return REFRESH + "configs:\n  cm:\n" + entries(4);
  }

  private String entries(int depth) {
    return keys.entrySet().stream()
        .map(entry -> block(entry.getKey(), entry.getValue()))
        .map(block -> indented(block, depth))
        .collect(Collectors.joining());
  }

  private static String actions(Customization customization) {
    var text = new StringBuilder(block("discovery.lua", customization.discoveryScript()));
    text.append("definitions:\n");
    customization
        .actionScripts()
        .forEach(
            (name, script) ->
                text.append("- name: ")
                    .append(name)
                    .append("\n")
                    .append(indented(block("action.lua", script), 2)));
    return text.toString();
  }

  /** A key whose value is a text of lines, in YAML. */
  private static String block(String key, String text) {
    return key + ": |\n" + indented(text, 2);
  }

  private static String indented(String text, int depth) {
    return text.lines()
        .map(line -> line.isEmpty() ? "\n" : " ".repeat(depth) + line + "\n")
        .collect(Collectors.joining());
  }
}
