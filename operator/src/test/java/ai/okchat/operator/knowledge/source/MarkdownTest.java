package ai.okchat.operator.knowledge.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages as Markdown. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MarkdownTest {

  private static final String URL = "https://e.kr/docs/page";

  @Test
  @DisplayName("T67: any number of blank lines becomes one")
  void reducesBlankLinesWhateverTheirNumber() throws IOException {
    // Given
    var page = "<pre>a" + "\n \t".repeat(200_000) + "\nb</pre>";

    // When
    var markdown = Markdown.ofHtml(page.getBytes(UTF_8), null, "");

    // Then
    assertThat(markdown.map(text -> text.replaceAll("[ `]", "").strip()))
        .isEqualTo(Optional.of("a\n\nb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<p>a", "<div>", "<b>", "<table>", "<!---->", "</p>", "<a></b>"})
  @DisplayName("T63: a page of too many elements is not parsed to its end")
  void rejectsTooManyElements(String part) {
    // Given
    var page = part.repeat(Markdown.MAX_HTML / part.length());

    // When, Then
    assertThatExceptionOfType(Markdown.TooManyElementsException.class)
        .isThrownBy(() -> Markdown.ofHtml(page.getBytes(UTF_8), null, ""));
  }

  @Test
  @DisplayName("T63: the limit counts elements")
  void acceptsAsManyElementsAsTheLimit() throws IOException {
    // Given
    var around = 4 + 10; // html, head, body, #root, and the divs
    var divs =
        ("<div>" + "<p>a".repeat((Markdown.MAX_ELEMENTS - around) / 10) + "</div>").repeat(10);
    var rest = "<p>b".repeat((Markdown.MAX_ELEMENTS - around) % 10);

    // When
    var markdown = Markdown.ofHtml((divs + rest).getBytes(UTF_8), null, "");

    // Then
    assertThat(markdown).isPresent();
    assertThatExceptionOfType(Markdown.TooManyElementsException.class)
        .isThrownBy(() -> Markdown.ofHtml((divs + rest + "<p>b").getBytes(UTF_8), null, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, , <meta charset=iso-8859-1>",
    "ISO-8859-1, ISO-8859-1, ''",
    "UTF-8, , ''",
    "UTF-8, ISO-8859-1, \uFEFF",
    "UTF-16, , ''",
  })
  void readsCharsetOfServerOrPage(String sent, @Nullable String said, String head)
      throws IOException {
    // Given
    var page = (head + "<p>Größe</p>").getBytes(Charset.forName(sent));

    // When, Then
    assertThat(Markdown.ofHtml(page, said, "")).isEqualTo(Optional.of("Größe\n"));
  }

  @Test
  void keepsQuestionsAndAnswersOfClosedAccordion() throws IOException {
    // Given
    var page =
        """
        <main><h1>FAQ</h1>
        <form role="search"><label>찾기</label><input type="search"><button>검색</button></form>
        <h3><button aria-expanded="false" aria-controls="a">환불은 며칠 걸리나요?</button></h3>
        <div id="a" role="region" hidden><p>영업일 기준 3일입니다.</p></div>
        <h3><button aria-expanded="false" aria-controls="b">배송비는 얼마인가요?</button></h3>
        <div id="b" role="region" aria-hidden="true"><p>3,000원입니다.</p></div>
        <div role="tablist"><button role="tab" aria-controls="c">개인</button>
        <button role="tab" aria-controls="d">기업</button></div>
        <div role="tabpanel" id="c"><p>개인은 무료입니다.</p></div>
        <div role="tabpanel" id="d" hidden><p>기업은 월 9,900원입니다.</p></div>
        <button class="accordion">교환도 되나요?</button><div style="display:none"><p>됩니다.</p></div>
        <button>인쇄</button></main>
        <div role="dialog" aria-label="쿠키"><p>쿠키를 사용합니다.</p><button>동의</button></div>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown)
        .isEqualTo(
            """
            # FAQ

            ### 환불은 며칠 걸리나요?

            영업일 기준 3일입니다.

            ### 배송비는 얼마인가요?

            3,000원입니다.

            개인

            개인은 무료입니다.

            기업

            기업은 월 9,900원입니다.

            **교환도 되나요?**

            됩니다.
            """);
  }

  @Test
  void keepsTextOfPageInOneForm() throws IOException {
    // Given
    var page =
        """
        <body><form id="aspnetForm" method="post"><input type="hidden" name="__VIEWSTATE" value="x">
        <div id="content"><h1>배송 안내</h1><p>주문 후 이틀 안에 도착합니다.</p></div></form></body>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown).isEqualTo("# 배송 안내\n\n주문 후 이틀 안에 도착합니다.\n");
  }

  @Test
  void removesNewsletterFormFromArticle() throws IOException {
    // Given
    var page =
        """
        <article><h1>배송 안내</h1><p>주문 후 이틀 안에 도착합니다.</p>
        <form><h3>소식지</h3><label>전자 우편<input type="email"></label><button>구독</button></form>
        <p>제주는 나흘입니다.</p></article>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown).isEqualTo("# 배송 안내\n\n주문 후 이틀 안에 도착합니다.\n\n제주는 나흘입니다.\n");
  }

  @Test
  void keepsTermsWithTheirValues() throws IOException {
    // Given
    var page =
        """
        <main><h1>요금</h1>
        <dl><div><dt>배송비</dt><dd>3,000원</dd></div><div><dt>무료 배송</dt><dd>5만원 이상</dd></div></dl>
        <dl><dt>카드</dt><dt>계좌</dt><dd>즉시</dd><dd><p>휴일 제외</p><ul><li>은행</li></ul></dd></dl></main>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown)
        .isEqualTo(
            """
            # 요금

            배송비
            : 3,000원

            무료 배송
            : 5만원 이상

            카드

            계좌
            : 즉시
            : 휴일 제외
              - 은행
            """);
  }

  @Test
  void keepsAllArticlesOfPage() throws IOException {
    // Given
    var page =
        "<title>규정</title><div><h2>소개</h2></div><article>짧은 예고</article>"
            + "<article><h2>환불</h2><p>3일</p></article>".repeat(2)
            + "<footer>상호</footer>";

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown).isEqualTo("# 규정\n\n## 소개\n\n짧은 예고\n\n## 환불\n\n3일\n\n## 환불\n\n3일\n");
  }

  @Test
  void keepsTextBesideTeaser() throws IOException {
    // Given
    var page =
        """
        <div class="teaser"><article>새 소식</article></div>
        <div><h1>약관</h1><p>이 약관은 회사와 회원 사이의 권리를 정합니다.</p></div>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown).isEqualTo("새 소식\n\n# 약관\n\n이 약관은 회사와 회원 사이의 권리를 정합니다.\n");
  }

  @Test
  void keepsSignsOfTextWithoutBackslashes() throws IOException {
    // Given
    var page =
        """
        <main><h1>안내</h1>
        <p>월~금 09:00~18:00, R&amp;D 문의, Q&amp;A, 1,000–2,000원, 「가격」 «표» …&nbsp;'a' "b" -- C#</p>
        <p>https://e.kr/?a=1&amp;b=2 snake_case 2 * 3 [참고] #태그 C:\\temp 100%! a|b a &lt; b (주) 가격*</p>
        <h2 id="hours">영업시간<a class="hash-link" href="#hours">&#8203;</a></h2>
        <h3>1. 전화 <a href="#x">¶</a></h3><p>- 평일<br>1. 휴일<br>* 별도</p></main>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown)
        .isEqualTo(
            """
            # 안내

            월~금 09:00~18:00, R&D 문의, Q&A, 1,000–2,000원, 「가격」 «표» … 'a' "b" -- C#

            https://e.kr/?a=1&b=2 snake_case 2 * 3 [참고] #태그 C:\\temp 100%! a|b a < b (주) 가격*

            ## 영업시간

            ### 1. 전화

            - 평일
            1. 휴일
            * 별도
            """);
  }

  @Test
  void escapesSignsThatWouldDisappear() throws IOException {
    // Given
    var page = "<p># 1번</p><p>&gt; 홈</p><p>__init__ 2*3*4 List&lt;String&gt;</p>";

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown)
        .isEqualTo("\\# 1번\n\n\\> 홈\n\n\\_\\_init\\_\\_ 2\\*3\\*4 List\\<String>\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "<b>3,000원</b>입니다 => **3,000원**입니다",
        "값 <b> 3 </b> 과 => 값 **3** 과",
        "<b>주의:</b>끄세요 => 주의:끄세요",
        "<b>주의:</b> 끄세요 => **주의:** 끄세요",
        "<b></b>값 => 값",
        "<em>새</em> <i class=icon></i><del>50</del> => *새* ~~50~~",
        "<q>예</q> => “예”",
        "10<sup>2</sup> H<sub>2</sub>O 1<sup>st</sup> => 10² H₂O 1st",
        "<ruby>漢<rt>한</rt></ruby> => 漢(한)",
        "<code>a`b</code> <kbd>F5</kbd> <samp> x </samp> => ``a`b`` F5 `x`",
        "<x-tip>앞</x-tip> 글 <x-tip>뒤</x-tip> => 앞 글 뒤",
        "버튼<img alt=설정 src=data:x>을 => 버튼 설정 을",
        "<i role=img aria-label=지원></i> => 지원",
        "<label>이름</label> => 이름",
        "soft&shy;hyphen => softhyphen",
      })
  void keepsTextOfLine(String html, String expected) throws IOException {
    assertThat(markdown("<main><p>" + html + "</p></main>")).isEqualTo(expected + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "<a href=/b>글</a> => [글](https://e.kr/b)",
        "<a href='c d(1'>글</a> => [글](https://e.kr/docs/c%20d%281)",
        "<a href=javascript:go()>글</a> => 글",
        "<a href=mailto:a@e.kr>글</a> => [글](mailto:a@e.kr)",
        "<a href=/b>  <b>글</b> </a>끝 => [**글**](https://e.kr/b) 끝",
        "<a href=/b></a>끝 => 끝",
        "앞 <a href=/b><img alt=그림></a> 끝 => 앞 [그림](https://e.kr/b) 끝",
        "<a href=https://e.kr/b>https://e.kr/b</a> => https://e.kr/b",
        "<a href=/b aria-label=설명서><svg></svg></a> => [설명서](https://e.kr/b)",
      })
  void keepsLinkWhole(String html, String expected) throws IOException {
    assertThat(markdown("<main><p>" + html + "</p></main>")).isEqualTo(expected + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "<div role=main><p>글</p></div><div><p>옆</p></div> => 글",
        "<main><p>하나</p></main><div>옆</div><main hidden><p>둘</p></main> => 하나/둘",
        "<main></main><article><p>글</p></article> => 글",
        "<nav><main><p>글</p></main></nav> => 글",
        "<div class=has-breadcrumbs><h1>글</h1><p>본문</p></div> => # 글/본문",
        "<div class=no-cookie-bar><h1>글</h1><p>본문</p></div> => # 글/본문",
        "<div id=cookie-layer><p>쿠키</p></div><p>글</p> => 글",
        "<header><h1><a href=/>상호</a></h1></header><p>글</p> => 글",
        "<main><header><h1>글</h1></header><p>본문</p></main> => # 글/본문",
        "<main><p>글</p><ul><li><a href=#a>가</a></li><li><a"
            + " href=#b>나</a></li></ul><h2>가</h2><h2>나</h2></main> => 글/## 가/## 나",
        "<main><p>글</p><ul><li><a href=/a>가</a></li></ul></main> => 글/- [가](https:||e.kr|a)",
        "<main><p>글</p><button>인쇄</button><button aria-haspopup=true"
            + " aria-expanded=false>공유</button></main> => 글",
        "<main><p>글</p><div><input type=search><label>찾기</label></div></main> => 글",
        "<main><form><h1>글</h1><input><p>본문</p></form></main> => # 글/본문",
        "<main><div role=heading aria-level=3>글</div><p>본문</p></main> => ### 글/본문",
        "<main><template shadowrootmode=open><p>글</p></template><template>틀</template></main> => 글",
      })
  void findsMainPart(String html, String expected) throws IOException {
    assertThat(markdown(html)).isEqualTo(expected.replace("/", "\n\n").replace("|", "/") + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "<pre><code class=language-js>a\tb</code></pre> => ```js/a\tb/```",
        "<pre>a<br>b</pre> => ```/a/b/```",
        "<pre><code>a</code><code>b</code></pre> => ```/a/b/```",
        "<pre><div>a</div><div>  b</div></pre> => ```/a/  b/```",
        "<pre>a ``` b</pre> => ````/a ``` b/````",
        "<pre class='sourceCode python'><code>a</code></pre> => ```python/a/```",
        "<div class='highlight-default'><pre>a</pre></div> => ```/a/```",
        "<code>a<br>b</code> => ```/a/b/```",
      })
  void keepsCodeLineByLine(String html, String expected) throws IOException {
    assertThat(markdown("<main>" + html + "</main>")).isEqualTo(expected.replace('/', '\n') + "\n");
  }

  @Test
  void linksFirstTextOfCard() throws IOException {
    // Given
    var page = "<main><a href='/a'><div><h3>제목</h3><p>설명</p></div></a></main>";

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown).isEqualTo("### [제목](https://e.kr/a)\n\n설명\n");
  }

  @Test
  void keepsCautionAndRemovesSideBar() throws IOException {
    // Given
    var page =
        """
        <body><aside><ul><li><a href="/a">다른 글</a></li></ul></aside>
        <main><h1>초기화</h1><p>버튼을 누르세요.</p>
        <aside class="starlight-aside--caution"><p>모든 데이터가 지워집니다.</p></aside><p>끝.</p></main></body>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown).isEqualTo("# 초기화\n\n버튼을 누르세요.\n\n모든 데이터가 지워집니다.\n\n끝.\n");
  }

  @Test
  void keepsNoteAndRemovesSideBarOfPageWithoutMain() throws IOException {
    // Given
    var page =
        """
        <header><h1>설명서</h1><nav>메뉴</nav><p>2판</p></header>
        <aside><a href="/a">다른 글</a></aside><p>누르세요.</p><aside>지워집니다.</aside><footer>상호</footer>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown).isEqualTo("# 설명서\n\n2판\n\n누르세요.\n\n지워집니다.\n");
  }

  @Test
  void writesListsTablesAndQuotesWithinEachOther() throws IOException {
    // Given
    var page =
        """
        <main><p>앞</p><ol start="3"><li>하나<ul><li>둘<br>줄</li></ul></li><li><p>셋</p><pre>a
          b</pre></li></ol><blockquote><p>인용</p><ul><li>넷</li></ul></blockquote>
        <table><caption>표</caption><tr><th>지역</th><td>서울|경기</td></tr>
        <tr><th rowspan="2">요금</th><td><ul><li>가</li><li>나</li></ul></td></tr><tr><td>2</td></tr></table></main>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown)
        .isEqualTo(
            """
            앞

            3. 하나
               - 둘
                 줄
            4. 셋

               ```
               a
                 b
               ```

            > 인용
            > - 넷

            표

            | | |
            |---|---|
            | 지역 | 서울\\|경기 |
            | 요금 | - 가 - 나 |
            | 요금 | 2 |
            """);
  }

  @Test
  void keepsAllRowsOfBigTable() throws IOException {
    // Given
    var rows = new StringBuilder();
    for (var i = 1; i <= 6_000; i++) {
      rows.append("<tr><td>상품 %d</td><td>%d,000원</td></tr>".formatted(i, i));
    }

    // When
    var markdown = markdown("<main><table>" + rows + "</table></main>");

    // Then
    assertThat(markdown.lines()).hasSize(6_002).endsWith("| 상품 6000 | 6000,000원 |");
  }

  @Test
  void keepsTextOfLayoutTables() throws IOException {
    // Given
    var page =
        """
        <table><tr><td><h2>배송</h2><table><tr><td>서울</td><td>3,000원</td></tr>
        <tr><td>제주</td><td>6,000원</td></tr></table></td><td><p>전화 1588</p></td></tr>
        <tr><td>계좌</td><td>하나 123</td></tr></table>
        """;

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown)
        .isEqualTo(
            """
            ## 배송

            | | |
            |---|---|
            | 서울 | 3,000원 |
            | 제주 | 6,000원 |

            전화 1588

            계좌 | 하나 123
            """);
  }

  @Test
  void isEmptyWhenPageHasNoText() throws IOException {
    // Given
    var page = "<title>앱</title><noscript>스크립트를 켜세요.</noscript><div id=root></div><nav>메뉴</nav>";

    // When, Then
    assertThat(Markdown.ofHtml(page.getBytes(UTF_8), null, URL)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<div>", "<ul><li>a", "<blockquote>", "<b>", "<a href=x>", "<table><tr><td>a", "<dl><dd>a",
        "<pre>", "<button>a", "<nav>", "<aside><a>b</a>", "<form><input>", "<main>", "<article>b",
        "<section hidden>", "<h1>", "<code>", "<details><summary>a", "<div role=tabpanel>", "<sup>1"
      })
  void keepsTextOfDeeplyNestedElements(String part) throws IOException {
    // Given
    var page = part.repeat(10_000) + "끝";

    // When
    var markdown = Markdown.ofHtml(page.getBytes(UTF_8), null, URL).orElse("끝");

    // Then
    assertThat(markdown).contains("끝").hasSizeLessThan(4 * Markdown.MAX_HTML);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>a",
        "<p>a</p><script></script>",
        "<nav></nav>",
        "<a href=x>a</a>",
        "<a href=#>#</a>",
        "<button>a</button><div>b</div>",
        "<ul role=tablist><li role=tab>a</ul>",
        "<b>a</b>",
        "<table><tr><td colspan=1000 rowspan=65534>a</table>",
        "<aside>a</aside>",
        "<br>",
        "<input type=search>",
        "<form><input></form>",
        "<article>a</article>",
        "<h2>a</h2>",
        "<ul><li><a href=#a>a</a></ul>",
        "<main>a</main>",
        "<x-a>b</x-a>",
        "<pre>a\nb</pre>"
      })
  void convertsManySiblings(String part) throws IOException {
    // Given
    var page = part.repeat(12_000);

    // When
    var markdown = Markdown.ofHtml(page.getBytes(UTF_8), null, URL);

    // Then
    assertThat(markdown.orElse("").length()).isLessThan(2 * Markdown.MAX_HTML);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<base href='https://e.kr/%s/'>|<a href=x>a</a>|12000",
        "<base href='https://e.kr/%.1900s/'>|<a href=x>a</a>|12000",
        "<table><tr><td rowspan=65534>%.100s|<tr><td>|12000",
        "<table><tr><td rowspan=65534>%s|<tr><td>|12000",
        "<table><tr><td colspan=1000>%.100s|<td colspan=1000 rowspan=60000>a|12000",
        "<table><thead><tr><th colspan=1000>%.90s|<th colspan=1000>a<tr>|12000",
        "<ul>|<li><ul><li>a</ul>|12000",
      })
  void boundsWhatIsNotOnThePage(String parts) throws IOException {
    // Given
    var part = parts.split("\\|", -1);
    var page = part[0].formatted("x".repeat(1_000_000)) + part[1].repeat(Integer.parseInt(part[2]));

    // When
    var markdown = markdown(page);

    // Then
    assertThat(markdown.length()).isLessThan(2 * Markdown.MAX_HTML);
  }

  private static String markdown(String html) throws IOException {
    return Markdown.ofHtml(html.getBytes(UTF_8), null, URL).orElseThrow();
  }
}
