package ai.okchat.planning.document;

import ai.okchat.client.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Assigns titles to the documents of a source: safe as file names, and with names that stay unique
 * even if a backend changes case or punctuation.
 */
public final class Titles {

  /** Bytes of UTF-8; with tags and extension it stays below the limit of file names. */
  private static final int MAX_BYTES = 160;

  private static final int SUFFIX_LENGTH = 8;
  private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._-]+");
  private static final Pattern SCHEME = Pattern.compile("^https?://");

  private Titles() {}

  /** As {@link #assign(SourceTag, List, List)} for a source without rejected files. */
  public static List<Document> assign(SourceTag source, List<SourceFile> documents) {
    return assign(source, documents, List.of());
  }

  /**
   * Returns one document for each file; the names of the files are unique.
   *
   * @param rejected files that cannot be sent now: a document keeps the title that it has beside
   *     them
   */
  public static List<Document> assign(
      SourceTag source, List<SourceFile> documents, List<RejectedFile> rejected) {
    var named = documents.stream().map(Named::of).toList();
    var sharing =
        Stream.concat(
                named.stream().map(Named::said),
                rejected.stream().map(file -> DocumentTitle.said(safeName(file.name()))))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return named.stream()
        .map(
            file -> {
              var name = file.document().name();
              var unique = sharing.getOrDefault(file.said(), 0L) == 1;
              return document(
                  source, file.document(), unique ? file.safe() : withSuffix(file.safe(), name));
            })
        .toList();
  }

  /**
   * A file with its name in titles.
   *
   * @param said part of that name that has to be unique
   */
  private record Named(SourceFile document, String safe, String said) {

    static Named of(SourceFile document) {
      var safe = safeName(document.name());
      return new Named(document, safe, DocumentTitle.said(safe));
    }
  }

  private static Document document(SourceTag source, SourceFile document, String name) {
    return new Document(
        document.name(),
        DocumentTitle.of(name, source, document),
        document.type().sentMediaType(),
        document.content());
  }

  /** Returns the names in titles that a file can have, beside any other files. */
  public static List<String> possibleNames(String name) {
    var safe = safeName(name);
    return List.of(safe, withSuffix(safe, name));
  }

  /** Returns the name in titles, if no other document has the same one. */
  public static String safeName(String name) {
    var plain = Normalizer.normalize(SCHEME.matcher(name).replaceFirst(""), Normalizer.Form.NFC);
    var stem = FileType.ofFileName(plain).isPresent() ? withoutExtension(plain) : plain;
    var safe = withoutEdges(UNSAFE.matcher(stem).replaceAll("-"));
    if (safe.isEmpty()) {
      return withSuffix("document", name);
    }
    var fits = cut(safe);
    return fits.equals(safe) ? safe : withSuffix(fits, name);
  }

  private static String withoutExtension(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String withSuffix(String safe, String name) {
    return safe + "-" + Sha256.of(name).substring(0, SUFFIX_LENGTH);
  }

  /**
   * Returns the name without separators at its ends; a regular expression for the end takes
   * quadratic time.
   */
  private static String withoutEdges(String name) {
    var from = 0;
    var to = name.length();
    while (from < to && isEdge(name.charAt(from))) {
      from++;
    }
    while (from < to && isEdge(name.charAt(to - 1))) {
      to--;
    }
    return name.substring(from, to);
  }

  private static boolean isEdge(char character) {
    return character == '.' || character == '_' || character == '-';
  }

  private static String cut(String safe) {
    var bytes = 0;
    for (var end = 0; end < safe.length(); ) {
      var character = Character.toString(safe.codePointAt(end));
      bytes += character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        return safe.substring(0, end);
      }
      end += character.length();
    }
    return safe;
  }
}
