package ai.okchat.operator.knowledge.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The pages of a source that are no documents of their own, by comparison of all pages. A page that
 * shows a login page for some time must not replace a good document, and one text is one document.
 * Pure.
 *
 * @param rejected why a page is not taken as a change of its document, by its name
 * @param twins names of pages whose text is a document under another address, with that address
 */
record PageVerdicts(Map<String, String> rejected, Map<String, String> twins) {

  private static final String STAYS =
      " A document that the bot has stays as it was. Give the operator access with"
          + " spec.web.headersSecretRef, correct the site, or remove the page from the source.";

  static PageVerdicts of(List<FetchedPage> pages) {
    var rejected = new LinkedHashMap<String, String>();
    rejectMoved(pages, rejected);
    var remaining = without(pages, rejected.keySet());
    var byDigest =
        grouped(
            remaining.stream().filter(page -> page.digest() != null).toList(),
            page -> String.valueOf(page.digest()));
    byDigest.stream()
        .filter(PageVerdicts::isSuspicious)
        .flatMap(List::stream)
        .filter(page -> !page.isUnchanged())
        .forEach(
            page ->
                rejected.put(
                    name(page),
                    "It has the same content as other pages of the source, as a login or"
                        + " maintenance page has."
                        + STAYS));
    return new PageVerdicts(
        rejected,
        twins(
            without(remaining, rejected.keySet()).stream()
                .filter(page -> page.digest() != null)
                .toList()));
  }

  /** Rejects pages that lead to the same other page, or one that leads to a login page. */
  private static void rejectMoved(List<FetchedPage> pages, Map<String, String> rejected) {
    var moved =
        pages.stream().filter(page -> PageAddress.isElsewhere(page.name(), page.target())).toList();
    for (var group : grouped(moved, page -> PageAddress.destination(page.name(), page.target()))) {
      var isShared = addresses(group).size() > 1;
      for (var page : group) {
        if (isShared || leadsToLogin(page)) {
          rejected.put(
              name(page),
              "It leads to %s%s."
                      .formatted(
                          PageAddress.withoutQuery(page.target()),
                          isShared ? ", as other pages of the source do" : ", a login page")
                  + STAYS);
        }
      }
    }
  }

  private static boolean leadsToLogin(FetchedPage page) {
    return PageAddress.isLogin(page.target())
        && (page.hasPasswordField() || PageAddress.leadsBack(page.name(), page.target()));
  }

  /**
   * Returns whether pages of one content are a login or maintenance page rather than twins: they
   * were different documents before, or ask for a password.
   */
  private static boolean isSuspicious(List<FetchedPage> pages) {
    var addresses = addresses(pages);
    if (addresses.size() < 2) {
      return false;
    }
    var changed = pages.stream().filter(FetchedPage::isChanged).toList();
    var wereDifferent = changed.stream().map(FetchedPage::good).distinct().count() > 1;
    return (wereDifferent && addresses(changed).size() > 1)
        || (pages.stream().anyMatch(FetchedPage::hasPasswordField)
            && pages.stream().noneMatch(page -> declaresOneOf(page, addresses)));
  }

  private static boolean declaresOneOf(FetchedPage page, Set<String> addresses) {
    return page.canonical() != null && addresses.contains(PageAddress.spelling(page.canonical()));
  }

  /**
   * Returns the twins: pages of the same content, and spellings of an address whose pages declare
   * that address as their own.
   */
  private static Map<String, String> twins(List<FetchedPage> pages) {
    var twins = new LinkedHashMap<String, String>();
    for (var group : grouped(pages, page -> String.valueOf(page.digest()))) {
      var kept = best(group);
      group.stream()
          .filter(page -> !page.equals(kept))
          .forEach(page -> twins.put(name(page), name(kept)));
    }
    var remaining = without(pages, twins.keySet());
    for (var group : grouped(remaining, page -> PageAddress.spelling(page.name()))) {
      var kept = best(group);
      var addresses = addresses(group);
      group.stream()
          .filter(page -> !page.equals(kept) && declaresOneOf(page, addresses))
          .forEach(page -> twins.put(name(page), name(kept)));
    }
    return twins;
  }

  /** Returns the page whose name the document gets: the declared one, then the known one. */
  private static FetchedPage best(List<FetchedPage> twins) {
    var declared =
        twins.stream()
            .map(FetchedPage::canonical)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return twins.stream()
        .min(
            Comparator.comparing((FetchedPage page) -> !declared.contains(page.name()))
                .thenComparing(page -> page.good() == null))
        .orElseThrow();
  }

  private static Set<String> addresses(List<FetchedPage> pages) {
    return pages.stream()
        .map(page -> PageAddress.spelling(page.name()))
        .collect(Collectors.toSet());
  }

  private static Collection<List<FetchedPage>> grouped(
      List<FetchedPage> pages, Function<FetchedPage, String> key) {
    return pages.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private static List<FetchedPage> without(List<FetchedPage> pages, Set<String> names) {
    return pages.stream().filter(page -> !names.contains(name(page))).toList();
  }

  private static String name(FetchedPage page) {
    return page.name().toString();
  }
}
