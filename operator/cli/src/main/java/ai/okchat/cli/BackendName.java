package ai.okchat.cli;

/** The backend object that a Chatbot uses. */
record BackendName(Kind kind, String name) {

  /** Returns the reference of the spec, or the default. */
  static BackendName of(KubeObject chatbot) {
    var kind = chatbot.text("spec", "backendRef", "kind");
    var name = chatbot.text("spec", "backendRef", "name");
    return new BackendName(
        kind.equals(Kind.CLUSTER_CHATBOT_BACKEND.title())
            ? Kind.CLUSTER_CHATBOT_BACKEND
            : Kind.CHATBOT_BACKEND,
        name.isEmpty() ? "default" : name);
  }

  @Override
  public String toString() {
    return kind.title() + "/" + name;
  }
}
