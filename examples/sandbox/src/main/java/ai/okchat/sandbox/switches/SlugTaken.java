package ai.okchat.sandbox.switches;

/** The response of Create Chatbot if the slug is in use. */
public enum SlugTaken implements Choice {
  CONFLICT(409),
  BAD_REQUEST(400),
  SERVER_ERROR(500),
  /** 201 with another slug: the first free one of {@code slug-2}, {@code slug-3}, ... */
  ACCEPT_WITH_SUFFIX(201);

  private final int status;

  SlugTaken(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  @Override
  public String wireName() {
    return this == ACCEPT_WITH_SUFFIX ? "accept-with-suffix" : Integer.toString(status);
  }
}
