package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that are no documents of their own, by comparison of all pages of a source. */
final class PageVerdictsTest {

  private static final String STAYS =
      " A document that the bot has stays as it was. Give the operator access with"
          + " spec.web.headersSecretRef, correct the site, or remove the page from the source.";

  private static final String SAME =
      "It has the same content as other pages of the source, as a login or maintenance page has."
          + STAYS;

  @Test
  @DisplayName("login_redirect: pages that lead to one login page do not replace documents")
  void rejectsPagesThatLeadToOneLoginPage() {
    // Given
    var pages =
        List.of(
            moved("/a", "/login?next=%2Fa&state=1", "1", "x"),
            moved("/b", "/login?next=%2Fb&state=2", "2", "y"));

    // When
    var verdicts = PageVerdicts.of(pages);

    // Then
    var why = "It leads to https://example.com/login, as other pages of the source do." + STAYS;
    assertThat(verdicts)
        .isEqualTo(new PageVerdicts(Map.of(link("/a"), why, link("/b"), why), Map.of()));
  }

  @Test
  @DisplayName("login_redirect: pages that lead to the front page are not taken as edits")
  void rejectsPagesThatLeadToOneOtherPage() {
    // Given
    var pages =
        List.of(
            page("/", "home", "home"),
            moved("/a", "/", "1", "home"),
            moved("/b", "/", "2", "home"));

    // When
    var verdicts = PageVerdicts.of(pages);

    // Then
    assertThat(verdicts.rejected()).containsOnlyKeys(link("/a"), link("/b"));
    assertThat(verdicts.twins()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/login?next=%2Fa", "/account/sign-in?return=https%3A%2F%2Fexample.com%2Fa"})
  void rejectsTheOnlyPageThatLeadsToALoginPageAndBack(String target) {
    // When
    var verdicts = PageVerdicts.of(List.of(moved("/a", target, "1", "x")));

    // Then
    assertThat(verdicts.rejected())
        .isEqualTo(
            Map.of(
                link("/a"),
                "It leads to %s, a login page.".formatted(link(target.split("\\?", -1)[0]))
                    + STAYS));
  }

  @ParameterizedTest
  @CsvSource({"/new", "/help/login", "/a/", "/a?lang=ko", "/en/a"})
  @DisplayName("login_redirect: one page that moved is followed")
  void followsOnePageThatMoved(String target) {
    // When
    var verdicts = PageVerdicts.of(List.of(moved("/a", target, "1", "x"), page("/b", "2", "2")));

    // Then
    assertThat(verdicts).isEqualTo(new PageVerdicts(Map.of(), Map.of()));
  }

  @Test
  void followsPagesThatMoveToDifferentPlaces() {
    // Given
    var pages =
        List.of(
            moved("/a", "/view?id=1", "1", "x"),
            moved("/b", "/view?id=2", "2", "y"),
            moved("/c", "/new/c", "3", "z"));

    // When
    var verdicts = PageVerdicts.of(pages);

    // Then
    assertThat(verdicts).isEqualTo(new PageVerdicts(Map.of(), Map.of()));
  }

  @Test
  @DisplayName("login_page_for_all: pages that suddenly have one content do not replace documents")
  void rejectsDifferentPagesThatHaveOneContentNow() {
    // Given
    var pages =
        List.of(
            page("/a", "1", "x"),
            page("/b", "2", "x"),
            page("/new", null, "x"),
            page("/c", "3", "4"));

    // When
    var verdicts = PageVerdicts.of(pages);

    // Then
    assertThat(verdicts)
        .isEqualTo(
            new PageVerdicts(
                Map.of(link("/a"), SAME, link("/b"), SAME, link("/new"), SAME), Map.of()));
  }

  @Test
  @DisplayName("login_page_for_all: the page that always had this content stays a document")
  void keepsThePageThatIsAsItWas() {
    // Given
    var pages = List.of(page("/", "x", "x"), page("/a", "1", "x"), page("/b", "2", "x"));

    // When
    var verdicts = PageVerdicts.of(pages);

    // Then
    assertThat(verdicts)
        .isEqualTo(new PageVerdicts(Map.of(link("/a"), SAME, link("/b"), SAME), Map.of()));
  }

  @Test
  void rejectsNewPagesOfOneContentThatAsksForAPassword() {
    // Given
    var pages = List.of(asksForPassword("/a", null), asksForPassword("/b", null));

    // When
    var verdicts = PageVerdicts.of(pages);

    // Then
    assertThat(verdicts.rejected()).containsOnlyKeys(link("/a"), link("/b"));
  }

  @Test
  void acceptsTwinsWithALoginFormThatNameOneOfThem() {
    // Given
    var pages = List.of(asksForPassword("/a", "/b"), asksForPassword("/b", "/b"));

    // When
    var verdicts = PageVerdicts.of(pages);

    // Then
    assertThat(verdicts).isEqualTo(new PageVerdicts(Map.of(), Map.of(link("/a"), link("/b"))));
  }

  @Test
  @DisplayName("one_page_four_addresses: twins are one document under the declared address")
  void takesOneOfFourAddresses() {
    // Given
    var pages =
        List.of(
            declared("/guide", "/guide/", "x"),
            declared("/guide/", "/guide/", "x"),
            declared("/guide?utm_source=x", "/guide/", "x, and the time of day"),
            declared("/guide.html", "/guide/", "x"),
            page("/other", null, "y"));

    // When
    var verdicts = PageVerdicts.of(pages);

    // Then
    assertThat(verdicts)
        .isEqualTo(
            new PageVerdicts(
                Map.of(),
                Map.of(
                    link("/guide"), link("/guide/"),
                    link("/guide?utm_source=x"), link("/guide/"),
                    link("/guide.html"), link("/guide/"))));
  }

  @Test
  void keepsTheNameOfTheDocumentThatTheBotHas() {
    // When
    var verdicts = PageVerdicts.of(List.of(page("/a", null, "x"), page("/b", "x", "x")));

    // Then
    assertThat(verdicts).isEqualTo(new PageVerdicts(Map.of(), Map.of(link("/a"), link("/b"))));
  }

  @Test
  @DisplayName("one_page_four_addresses: a wrong canonical link does not lose the text of a page")
  void keepsPagesOfOtherTextAndPath() {
    // Given
    var pages =
        List.of(
            declared("/", "/", "home"),
            declared("/a", "/", "a"),
            declared("/b?page=2", "/b", "b2"),
            declared("/b", "/b", "b"));

    // When
    var verdicts = PageVerdicts.of(pages);

    // Then
    assertThat(verdicts).isEqualTo(new PageVerdicts(Map.of(), Map.of()));
  }

  @Test
  void takesAnEditOfTwinsAsAnEdit() {
    // When
    var verdicts = PageVerdicts.of(List.of(page("/a", "1", "x"), page("/b", null, "x")));

    // Then
    assertThat(verdicts).isEqualTo(new PageVerdicts(Map.of(), Map.of(link("/b"), link("/a"))));
  }

  private static FetchedPage page(String path, @Nullable String good, String digest) {
    return new FetchedPage(url(path), url(path), null, false, good, digest);
  }

  private static FetchedPage moved(String path, String target, String good, String digest) {
    return new FetchedPage(url(path), url(target), null, false, good, digest);
  }

  private static FetchedPage declared(String path, String canonical, String digest) {
    return new FetchedPage(url(path), url(path), url(canonical), false, null, digest);
  }

  private static FetchedPage asksForPassword(String path, @Nullable String canonical) {
    var declared = canonical == null ? null : url(canonical);
    return new FetchedPage(url(path), url(path), declared, true, null, "login");
  }

  private static HttpUrl url(String path) {
    return HttpUrl.get(link(path));
  }

  private static String link(String path) {
    return "https://example.com" + path;
  }
}
