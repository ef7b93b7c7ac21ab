package ai.okchat.cli;

import java.util.List;

/**
 * The changes in the backend that applying one manifest causes.
 *
 * @param title for example {@code Chatbot/support}
 * @param action of the operator
 * @param fields of the bot, that the operator writes
 * @param documents that the operator uploads, replaces or removes
 * @param notes sentences about what is not written or not compared
 * @param requests number of requests that change the backend
 */
record ObjectDiff(
    String title,
    Action action,
    List<FieldChange> fields,
    List<DocumentChange> documents,
    List<String> notes,
    int requests) {

  /** The action of the operator for the bot or the documents. */
  enum Action {
    NONE("no difference"),
    UPDATE("update"),
    CREATE("create"),
    RECREATE("create again"),
    ADOPT("adopt"),
    UNSENT("nothing is sent"),
    NOT_COMPARED("not compared");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * One document.
   *
   * @param verb upload, replace or remove
   * @param bytes length of the new content; -1 if there is none
   */
  record DocumentChange(String verb, String name, long bytes) {}

  ObjectDiff {
    fields = List.copyOf(fields);
    documents = List.copyOf(documents);
    notes = List.copyOf(notes);
  }

  /** Returns the result for an object that changes nothing. */
  static ObjectDiff unchanged(String title, Action action, List<String> notes) {
    return new ObjectDiff(title, action, List.of(), List.of(), notes, 0);
  }

  boolean isDifferent() {
    return requests > 0;
  }

  /** Returns the number of requests in words. */
  String requestsText() {
    return requests == 1 ? "1 request" : requests + " requests";
  }
}
