package ai.okchat.planning.document;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recognizes older versions of documents: the same name with another content, or the same content
 * under another name.
 */
public record DocumentVersions(Set<String> names, Set<String> contents) {

  public static DocumentVersions of(Collection<Document> documents) {
    return new DocumentVersions(
        documents.stream()
            .map(document -> DocumentTitle.said(document.title().name()))
            .collect(Collectors.toUnmodifiableSet()),
        documents.stream()
            .map(document -> document.title().contentTag())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Returns versions of documents of which only the names are known. */
  static DocumentVersions named(Collection<String> names) {
    return new DocumentVersions(
        names.stream().map(DocumentTitle::said).collect(Collectors.toUnmodifiableSet()), Set.of());
  }

  public boolean include(ListedDocument listed) {
    return contents.contains(listed.title().contentTag())
        || !Collections.disjoint(names, listed.title().likelyNames());
  }
}
