package ai.okchat.planning.document;

/**
 * A file that is no document by the rules of its source, which is not a failure.
 *
 * @param name name for users; a folder, with a slash at its end, stands for all files in it
 * @param why one sentence
 */
public record SkippedFile(String name, String why) {}
