package ai.okchat.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paging of a list. The API documents it for conversations and messages only (SPEC 2.16), as
 * {@code currentPage}, {@code pageSize}, {@code totalCount}, {@code totalPages}; in other lists the
 * usual spellings are read too, because a part must never count as the whole list.
 */
record Paging(OptionalLong page, OptionalLong pages, OptionalLong total, boolean announcesMore) {
  /** The fields of a response that contain the paging object. */
  static final Set<String> PLACES = Set.of("metadata", "meta", "pagination", "paging");

  static final Paging NONE =
      new Paging(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), false);

  private static final List<String> PAGE = List.of("currentPage", "current_page", "page");
  private static final List<String> PAGES =
      List.of("totalPages", "total_pages", "pages", "pageCount", "page_count", "lastPage");
  private static final List<String> TOTAL = List.of("totalCount", "total_count", "total");
  private static final List<String> MORE =
      List.of("hasMore", "has_more", "hasNextPage", "has_next_page");
  private static final List<String> NEXT =
      List.of("next", "nextPage", "next_page", "nextCursor", "next_cursor");

  /** The fields that describe paging; all other fields of an object do not. */
  static final Set<String> FIELDS =
      Stream.of(PAGE, PAGES, TOTAL, MORE, NEXT)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Reads a paging object. */
  static Paging of(JsonNode metadata) {
    return new Paging(
        number(metadata, PAGE),
        number(metadata, PAGES),
        number(metadata, TOTAL),
        MORE.stream().anyMatch(name -> metadata.path(name).asBoolean())
            || NEXT.stream().anyMatch(name -> names(metadata.path(name))));
  }

  /** Finds the paging of a list: in one of the usual places, or among the fields of the object. */
  static Paging beside(JsonNode parent) {
    return PLACES.stream()
        .sorted()
        .map(parent::path)
        .filter(JsonNode::isObject)
        .findFirst()
        .map(Paging::of)
        .orElseGet(() -> of(parent));
  }

  /**
   * Returns whether more pages follow this one.
   *
   * @param requested number of the page
   * @param rows number of rows in all pages so far
   */
  boolean hasMore(long requested, long rows) {
    return announcesMore
        || pages.orElse(0) > page.orElse(requested)
        || (pages.isEmpty() && total.orElse(0) > rows);
  }

  /** Returns whether a page that was requested without a number is not the complete list. */
  boolean hasMoreThanOnePage() {
    return announcesMore || pages.orElse(1) > 1;
  }

  private static OptionalLong number(JsonNode metadata, List<String> names) {
    return names.stream()
        .map(metadata::path)
        .filter(JsonNode::canConvertToLong)
        .mapToLong(JsonNode::longValue)
        .findFirst();
  }

  /** Returns whether the value is a link, a cursor or a number of a next page. */
  private static boolean names(JsonNode next) {
    return next.isTextual() ? !next.textValue().isBlank() : next.canConvertToLong();
  }
}
