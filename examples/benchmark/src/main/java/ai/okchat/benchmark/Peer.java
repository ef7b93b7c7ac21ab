package ai.okchat.benchmark;

/** A program that does the same work in the same run, so that machines do not matter. */
enum Peer {
  BARE_CLIENT("bare client"),
  GO_CONTROLLER("Go controller");

  private final String text;

  Peer(String text) {
    this.text = text;
  }

  /** Returns a result of this peer with its name. */
  String with(String result) {
    return text + ": " + result;
  }

  @Override
  public String toString() {
    return text;
  }
}
