package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.planning.document.Content;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.DocumentTitle;
import ai.okchat.planning.document.FileType;
import ai.okchat.planning.document.ListedDocument;
import ai.okchat.planning.document.SourceFile;
import ai.okchat.planning.document.SourceTag;
import ai.okchat.planning.document.Titles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Documents of the source {@code team/docs}, which tests write as {@code name=text}. */
public final class TestDocuments {

  public static final SourceTag TAG = SourceTag.of("team", "docs");
  public static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  /** Equal texts have the same content: contents are equal only if their bytes are the same. */
  private static final Map<String, Content> CONTENTS = new ConcurrentHashMap<>();

  private TestDocuments() {}

  public static Document document(String written) {
    return documents(written).getFirst();
  }

  public static List<Document> documents(String... written) {
    return Titles.assign(TAG, Stream.of(written).map(TestDocuments::file).toList());
  }

  /** The same documents after their bytes were dropped. */
  public static List<Document> withoutBytes(List<Document> documents) {
    return documents.stream()
        .map(
            document ->
                new Document(
                    document.name(),
                    document.title(),
                    document.mediaType(),
                    document.content().withoutBytes()))
        .toList();
  }

  /** A listed document that has what the test writes as its ID. */
  public static ListedDocument listed(String written) {
    return listed(written, written, null);
  }

  public static ListedDocument listed(String id, String written, @Nullable String state) {
    var name = written.substring(0, written.indexOf('='));
    return new ListedDocument(id, new DocumentTitle(name, TAG, tag(written), "md"), NOW, state);
  }

  public static List<ListedDocument> list(String... written) {
    return Stream.of(written).map(TestDocuments::listed).toList();
  }

  public static Content content(String text) {
    return CONTENTS.computeIfAbsent(
        text, bytes -> Content.of(bytes.getBytes(StandardCharsets.UTF_8)));
  }

  private static String tag(String written) {
    return document("x" + written.substring(written.indexOf('='))).title().contentTag();
  }

  static SourceFile file(String written) {
    var equals = written.indexOf('=');
    return new SourceFile(
        written.substring(0, equals), FileType.MARKDOWN, content(written.substring(equals + 1)));
  }
}
