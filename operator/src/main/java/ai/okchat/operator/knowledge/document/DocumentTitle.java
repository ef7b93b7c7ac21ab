package ai.okchat.operator.knowledge.document;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a document is called in the backend: {@code <name>.<source tag>.<content tag>.<extension>}.
 * An upload answers nothing, so the title carries the identity: whose it is and whether it is up to
 * date can be read off the list alone.
 *
 * @param name safe in a file name and unique in its source; without a pair of tags where it is sent
 * @param contentTag eight hex characters of the content's digest
 * @param extension without the dot; empty where a listed title has none any more
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
  private static final Pattern NOT_SAID = Pattern.compile("[^\\p{L}\\p{N}]+");

  static DocumentTitle of(String name, SourceTag source, SourceDocument document) {
    return new DocumentTitle(
        withoutTags(name),
        source,
        document.content().digest().substring(0, CONTENT_TAG_LENGTH),
        document.type().sentExtension());
  }

  /**
   * The identity within a listed title. A backend may cut or add an extension, put something in
   * front, or change dots: the two tags are looked for anywhere. The last pair counts, since a name
   * may be a listed title of another source.
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

  /** The name without any pair of tags, which would look like the identity of a document. */
  private static String withoutTags(String name) {
    var joined = PAIR.matcher(name).replaceAll("$1$2$3");
    return joined.equals(name) ? name : withoutTags(joined);
  }

  /** As it is sent, both as title and as file name. */
  public String text() {
    return name + "." + source.text() + "." + contentTag + "." + extension;
  }

  /** Short and fixed for this name and content. */
  public String key() {
    return Sha256.of(name + "\n" + contentTag).substring(0, KEY_LENGTH);
  }

  /** Whether this listed title is that of the same content under the same name. */
  public boolean isCopyOf(DocumentTitle wanted) {
    return contentTag.equals(wanted.contentTag) && isNamedLike(wanted);
  }

  /** Whether this listed title has the name of the other, but for what a backend may do to it. */
  public boolean isNamedLike(DocumentTitle wanted) {
    return likelyNames().contains(said(wanted.name));
  }

  /** What {@link #said} may be of the name that this listed title was sent with. */
  public Set<String> likelyNames() {
    var names = new LinkedHashSet<String>();
    names.add(said(name));
    names.add(said(lastPart(name)));
    return names;
  }

  /** A backend may put a folder in front. */
  private static String lastPart(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /** What of a name no backend is expected to change: its letters and digits, in lower case. */
  public static String said(String name) {
    return NOT_SAID
        .matcher(Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))
        .replaceAll("");
  }
}
