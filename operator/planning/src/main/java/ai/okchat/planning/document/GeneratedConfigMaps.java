package ai.okchat.planning.document;

/** Names the ConfigMaps that no source selects, because no user wrote them. */
public final class GeneratedConfigMaps {

  private GeneratedConfigMaps() {}

  /**
   * Returns whether the ConfigMap is a ledger of the operator, or has the certificates of each
   * namespace.
   */
  public static boolean include(String configMap) {
    return configMap.startsWith("okchat-ledger-") || configMap.equals("kube-root-ca.crt");
  }
}
