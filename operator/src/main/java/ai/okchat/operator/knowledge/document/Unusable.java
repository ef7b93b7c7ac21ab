package ai.okchat.operator.knowledge.document;

/**
 * A file of a source that can not be sent; the others go on.
 *
 * @param name as people call it
 * @param why one sentence with the way out
 */
public record Unusable(String name, String why) {}
