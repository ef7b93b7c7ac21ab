package ai.okchat.planning.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Documents of the source {@code team/docs}, which tests write as {@code name=text}. */
final class PlannedDocuments {

  static final SourceTag TAG = SourceTag.of("team", "docs");
  static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  /** Equal texts have the same content: contents are equal only if their bytes are the same. */
  private static final Map<String, Content> CONTENTS = new ConcurrentHashMap<>();

  private PlannedDocuments() {}

  static Document document(String written) {
    return documents(written).getFirst();
  }

  static List<Document> documents(String... written) {
    return Titles.assign(TAG, Stream.of(written).map(PlannedDocuments::file).toList());
  }

  /** A listed document that has what the test writes as its ID. */
  static ListedDocument listed(String written) {
    return listed(written, written, null);
  }

  static ListedDocument listed(String id, String written, @Nullable String state) {
    var name = written.substring(0, written.indexOf('='));
    return new ListedDocument(id, new DocumentTitle(name, TAG, tag(written), "md"), NOW, state);
  }

  static List<ListedDocument> list(String... written) {
    return Stream.of(written).map(PlannedDocuments::listed).toList();
  }

  private static Content content(String text) {
    return CONTENTS.computeIfAbsent(
        text, bytes -> Content.of(bytes.getBytes(StandardCharsets.UTF_8)));
  }

  private static String tag(String written) {
    return document("x" + written.substring(written.indexOf('='))).title().contentTag();
  }

  private static SourceFile file(String written) {
    var equals = written.indexOf('=');
    return new SourceFile(
        written.substring(0, equals), FileType.MARKDOWN, content(written.substring(equals + 1)));
  }
}
