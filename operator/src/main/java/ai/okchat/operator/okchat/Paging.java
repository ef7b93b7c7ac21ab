package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a list says about being a part. Documented for conversations and messages only (SPEC 2.16),
 * as {@code currentPage}, {@code pageSize}, {@code totalCount}, {@code totalPages}; other lists are
 * asked in the usual spellings, since a part must never be taken for the whole.
 */
record Paging(OptionalLong page, OptionalLong pages, OptionalLong total, boolean announcesMore) {
  /** The fields of an answer that hold it. */
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

  /** Whatever else an object has says nothing about pages. */
  static final Set<String> FIELDS =
      Stream.of(PAGE, PAGES, TOTAL, MORE, NEXT)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Reads the object that holds it. */
  static Paging of(JsonNode metadata) {
    return new Paging(
        number(metadata, PAGE),
        number(metadata, PAGES),
        number(metadata, TOTAL),
        MORE.stream().anyMatch(name -> metadata.path(name).asBoolean())
            || NEXT.stream().anyMatch(name -> names(metadata.path(name))));
  }

  /** Finds it beside a list: in one of the usual places, or spread over the object itself. */
  static Paging beside(JsonNode parent) {
    return PLACES.stream()
        .sorted()
        .map(parent::path)
        .filter(JsonNode::isObject)
        .findFirst()
        .map(Paging::of)
        .orElseGet(() -> of(parent));
  }

  /** Whether more is to come after this page, so many rows having come so far. */
  boolean hasMore(long asked, long rows) {
    return announcesMore
        || pages.orElse(0) > page.orElse(asked)
        || (pages.isEmpty() && total.orElse(0) > rows);
  }

  /** Whether the page that was got without asking for one is not the whole. */
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

  /** A link, a cursor or a number that leads on. */
  private static boolean names(JsonNode next) {
    return next.isTextual() ? !next.textValue().isBlank() : next.canConvertToLong();
  }
}
