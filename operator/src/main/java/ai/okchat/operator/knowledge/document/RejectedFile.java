package ai.okchat.operator.knowledge.document;

/**
 * A file of a source that cannot be sent, while the others continue.
 *
 * @param name name for users
 * @param why one sentence with the user action
 */
public record RejectedFile(String name, String why) {}
