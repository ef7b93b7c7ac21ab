package ai.okchat.cli;

/** The backend object that a Chatbot uses. */
record BackendName(Kind kind, String name) {
  private static final String NOT_A_NAME =
      "needs the name of an object: lower-case letters, digits, hyphens and dots";

  /** Returns the reference of the spec, or the default. */
  static BackendName of(KubeObject chatbot) {
    var kind = chatbot.text("spec", "backendRef", "kind");
    var name = chatbot.text("spec", "backendRef", "name");
    return new BackendName(
        kind.equals(Kind.CLUSTER_CHATBOT_BACKEND.title())
            ? Kind.CLUSTER_CHATBOT_BACKEND
            : Kind.CHATBOT_BACKEND,
        name.isEmpty() ? "default" : checked(name));
  }

  private static String checked(String name) {
    if (!ObjectName.isValid(name)) {
      throw SpecReader.invalid("spec.backendRef.name", NOT_A_NAME);
    }
    return name;
  }

  @Override
  public String toString() {
    return kind.title() + "/" + name;
  }
}
