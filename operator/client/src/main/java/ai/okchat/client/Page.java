package ai.okchat.client;

import java.util.List;

/** One page of a list (SPEC 2.16). Pages count from 1. */
public record Page<T>(
    List<T> items, long currentPage, long pageSize, long totalCount, long totalPages) {
  public Page {
    items = List.copyOf(items);
  }
}
