package ai.okchat.planning.document;

import ai.okchat.client.Sha256;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The title of a document in the backend: {@code <name>.<source tag>.<content tag>.<extension>}. An
 * upload returns no ID, so the title carries the identity: the list alone shows which source a
 * document belongs to, and whether it is up to date.
 *
 * @param name safe in a file name and unique in its source; without a pair of tags when it is sent
 * @param contentTag eight hex characters of the content's digest
 * @param extension without the dot; empty if a listed title no longer has one
 */
public record DocumentTitle(String name, SourceTag source, String contentTag, String extension) {

  private static final int CONTENT_TAG_LENGTH = 8;
  private static final int KEY_LENGTH = 16;
  private static final Pattern TAGS =
      Pattern.compile(
          "(?s)(?<name>.*)[._-](?<source>[0-9a-f]{%d})[._-](?<content>[0-9a-f]{%d})(?![0-9a-f])(?<rest>.*)"
              .formatted(SourceTag.LENGTH, CONTENT_TAG_LENGTH));
  private static final Pattern PAIR =
      Pattern.compile(
          "(^|[._-])([0-9a-f]{%d})[._-]([0-9a-f]{%d})(?![0-9a-f])"
              .formatted(SourceTag.LENGTH, CONTENT_TAG_LENGTH));
  private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^\\p{L}\\p{N}]+");

  static DocumentTitle of(String name, SourceTag source, SourceFile document) {
    return new DocumentTitle(
        withoutTags(name),
        source,
        document.content().digest().substring(0, CONTENT_TAG_LENGTH),
        document.type().sentExtension());
  }

  /**
   * Returns the identity in a listed title. A backend may cut or add an extension, add a prefix, or
   * change dots, so the two tags may be anywhere. The last pair counts, since a name may be a
   * listed title of another source.
   */
  public static Optional<DocumentTitle> find(String listed, SourceTag source) {
    var tags = TAGS.matcher(listed);
    return tags.matches() && tags.group("source").equals(source.text())
        ? Optional.of(
            new DocumentTitle(
                tags.group("name"),
                source,
                tags.group("content"),
                FileType.extensionOf("x" + tags.group("rest"))))
        : Optional.empty();
  }

  /**
   * Returns the name without any pair of tags, which would look like the identity of a document.
   */
  private static String withoutTags(String name) {
    var joined = PAIR.matcher(name).replaceAll("$1$2$3");
    return joined.equals(name) ? name : withoutTags(joined);
  }

  /** Returns the title as it is sent, both as title and as file name. */
  public String text() {
    return name + "." + source.text() + "." + contentTag + "." + extension;
  }

  /** Returns a short key that is the same for the same name and content. */
  public String key() {
    return Sha256.of(name + "\n" + contentTag).substring(0, KEY_LENGTH);
  }

  /** Returns whether this listed title has the content and the name of the desired one. */
  public boolean isCopyOf(DocumentTitle desired) {
    return contentTag.equals(desired.contentTag) && isNamedLike(desired);
  }

  /**
   * Returns whether this listed title has the name of the desired one, except for changes by the
   * backend.
   */
  public boolean isNamedLike(DocumentTitle desired) {
    return likelyNames().contains(said(desired.name));
  }

  /**
   * Returns the possible values of {@link #said} for the name with which this listed title was
   * sent.
   */
  public Set<String> likelyNames() {
    var names = new LinkedHashSet<String>();
    names.add(said(name));
    names.add(said(lastPart(name)));
    return names;
  }

  /** Returns the name without a folder, which a backend may add in front. */
  private static String lastPart(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /**
   * Returns the part of a name that no backend is expected to change: its letters and digits, in
   * lower case.
   */
  public static String said(String name) {
    return NOT_ALPHANUMERIC
        .matcher(Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))
        .replaceAll("");
  }
}
