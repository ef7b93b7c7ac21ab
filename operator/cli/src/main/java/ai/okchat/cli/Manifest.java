package ai.okchat.cli;

/**
 * One object of a manifest.
 *
 * @param place for users: the file, and the number of the document in it
 */
record Manifest(String place, KubeObject object) {}
