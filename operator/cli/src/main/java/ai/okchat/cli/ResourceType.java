package ai.okchat.cli;

/**
 * A type of object of the API server.
 *
 * @param group empty for the core group
 */
record ResourceType(String group, String version, String plural, String kind, boolean namespaced) {
  static final ResourceType CONFIG_MAP = core("configmaps", "ConfigMap");
  static final ResourceType SECRET = core("secrets", "Secret");
  static final ResourceType EVENT = core("events", "Event");
  static final ResourceType NAMESPACE =
      new ResourceType("", "v1", "namespaces", "Namespace", false);

  private static ResourceType core(String plural, String kind) {
    return new ResourceType("", "v1", plural, kind, true);
  }

  /** As rules of a Role name it, for example {@code chatbots.okchat.ai}. */
  String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  @Override
  public String toString() {
    return kind;
  }
}
