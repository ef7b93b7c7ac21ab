package ai.okchat.operator.knowledge.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text that people read on a page, as the reader mode of a browser does: the main part
 * without navigation, dialogs and small forms. Closed panels of accordions and tabs belong to it.
 *
 * <p>Elements are marked and not removed, because a removal takes time for each sibling.
 */
final class MainContent {

  /** Elements without text of their own, and parts that repeat text or number lines. */
  private static final Evaluator SILENT =
      Selector.evaluatorOf(
          "script, style, noscript, template:not([shadowrootmode]), iframe, object, embed, canvas,"
              + " audio, video, select, textarea, datalist, svg:not([role=img][aria-label]),"
              + " .katex-html, .material-icons, [class*=material-symbols], .linenos, .linenodiv,"
              + " pre .lineno, pre.lineno, .lnt, pre .ln, .rouge-gutter, .line-numbers-wrapper,"
              + " .line-numbers-rows,"
              + " [class^=language-] > .lang, .sl-anchor-link, .hash-link, .headerlink,"
              + " .header-anchor, .anchor-link, .viewcode-link, summary.hideme,"
              + " figcaption .sr-only, a .sound_only");

  private static final Evaluator FURNITURE =
      Selector.evaluatorOf(
          "nav, search, dialog, [role=navigation], [role=search], [role=dialog],"
              + " [role=alertdialog], [role=menu], [role=menubar], [aria-modal=true],"
              + " .search-results, a[class*=skip][href^=#], #onetrust-consent-sdk,"
              + " #CybotCookiebotDialog, [id*=cookie], [class*=cookie]");

  /** Follows {@code cookie} in the name of a dialog; an article about cookies has other names. */
  private static final List<String> CONSENT =
      List.of("banner", "consent", "notice", "bar", "popup", "dialog", "modal", "layer", "overlay");

  private static final Evaluator PAGE_HEADERS =
      Selector.evaluatorOf("header, [role=banner], #header");
  private static final Evaluator FOOTERS =
      Selector.evaluatorOf("footer, [role=contentinfo], #footer");
  private static final Evaluator SIDE_BARS =
      Selector.evaluatorOf(
          "aside, [role=complementary], #sidebar, [class*=sidebar], #lnb, #snb, #quick,"
              + " .quick_menu, .quick-menu");

  /** Lists of links by their names; others with these names are text. */
  private static final Evaluator LINK_LISTS =
      Selector.evaluatorOf(
          "#gnb, #nav, #menu, .gnb, .menu, #toc, .toc, .table-of-contents,"
              + " [class*=tableOfContents], [class*=tocCollapsible], [class*=skip], [id*=skip],"
              + " [class*=share], [id*=share], [class*=sharing], [class*=sns], [id*=sns],"
              + " [class*=related], [id*=related], [class*=recent], .path, .location");

  /** Small lists of links with labels, by their names. */
  private static final Evaluator PATHS =
      Selector.evaluatorOf(
          "[class*=breadcrumb], [class*=pagination], [class*=nextprev], [class*=prev-next],"
              + " [class*=prevnext], .pager");

  /** Questions about the page, by their names. */
  private static final Evaluator VOTES =
      Selector.evaluatorOf(
          "[class*=vote], [class*=feedback], [class*=helpful], [class*=reaction-],"
              + " [class*=satisf], .rating, [class*=-rating]");

  private static final Evaluator ANSWERS =
      Selector.evaluatorOf("input, button, textarea, [role=radio], [role=button]");
  private static final Evaluator TITLES_AND_TEXT = Selector.evaluatorOf("h1, p");
  private static final Evaluator PARAGRAPHS = Selector.evaluatorOf("h1, h2, h3, h4, h5, h6, p");
  private static final Evaluator COMMENTS =
      Selector.evaluatorOf(
          "[id$=comments], [class*=comments-area], .comment-list, #respond, #disqus_thread, #bo_vc,"
              + " #bo_vc_w");
  private static final Evaluator HEADINGS = Selector.evaluatorOf("h1, h2, h3, h4, h5, h6");
  private static final Evaluator MAIN_PARTS = Selector.evaluatorOf("main, [role=main]");
  private static final Evaluator ARTICLES = Selector.evaluatorOf("article, [role=article]");
  private static final Evaluator NAMED_PARTS =
      Selector.evaluatorOf(
          "#content, #contents, #main, #main-content, #container, [itemprop=articleBody]");

  /** Parts that furniture never contains, and in which a header, an aside or a form has text. */
  private static final Evaluator TEXT_PARTS =
      Selector.evaluatorOf("main, [role=main], article, [role=article]");

  /** Elements whose headers are part of the text. */
  private static final Evaluator SECTIONS =
      Selector.evaluatorOf(
          "main, [role=main], article, [role=article], section, details, blockquote, li, td");

  private static final Evaluator QUOTES = Selector.evaluatorOf("blockquote, figure");
  private static final Evaluator QUESTIONS =
      Selector.evaluatorOf("h1, h2, h3, h4, h5, h6, dt, summary");
  private static final Evaluator PARTS_WITH_ACTIONS = Selector.evaluatorOf("pre, figure, form");
  private static final Evaluator OPENS_PANEL =
      Selector.evaluatorOf(
          "[aria-expanded], [aria-controls], [data-toggle], [data-bs-toggle], [role=tab]");
  private static final Evaluator CONTROLS =
      Selector.evaluatorOf("input:not([type=hidden]), select, textarea, button");
  private static final Evaluator STRUCTURE =
      Selector.evaluatorOf("h1, table, pre, dl, article, main");
  private static final Evaluator LISTS = Selector.evaluatorOf("ul, ol");

  /** Characters of a form or search box that has no text of the page. */
  private static final int SMALL_FORM = 200;

  private static final int SMALL_SEARCH = 30;

  private static final Evaluator HIDDEN = Selector.evaluatorOf("[hidden], [aria-hidden=true]");
  private static final Evaluator ANCHORS = Selector.evaluatorOf("a[href*=#]");
  private static final Evaluator FORMS = Selector.evaluatorOf("form");
  private static final Evaluator BUTTONS = Selector.evaluatorOf("button");
  private static final Evaluator SEARCH_INPUTS = Selector.evaluatorOf("input[type=search]");

  /** Elements without attributes that may be furniture by their name. */
  private static final Set<String> LANDMARKS =
      Set.of("nav", "search", "dialog", "header", "footer", "aside");

  private final Document page;

  /** Elements that may be furniture: not the lines of code and plain text, which are most. */
  private final List<Element> candidates = new ArrayList<>();

  private final Set<Element> omitted = new HashSet<>();

  /** Elements that are or contain one of {@link #TEXT_PARTS}. */
  private final Set<Element> holders = new HashSet<>();

  /** Elements that contain an article. */
  private final Set<Element> articleHolders = new HashSet<>();

  private final Map<Element, Weight> weights = new HashMap<>();
  private final TabLabels tabs;
  private final List<Element> parts;

  /** Characters of an element without spaces; those of links and of labels are part of the text. */
  private static final class Weight {
    private int text;
    private int links;
    private int labels;

    private int prose() {
      return text - links - labels;
    }
  }

  private MainContent(Document page) {
    this.page = page;
    page.filter(new Candidates());
    findHolders();
    omitted.addAll(page.select(SILENT));
    omitIf(FURNITURE, this::isFurniture);
    page.select(HIDDEN).stream().filter(element -> !isPanel(element)).forEach(omitted::add);
    omitIf(FOOTERS, footer -> footer.closest(QUOTES) == null && !holdsText(footer));
    omitAnchors();
    omitComments();
    weigh();
    omitByWeight();
    weigh();
    tabs = TabLabels.of(page);
    parts = findParts();
  }

  static MainContent of(Document page) {
    return new MainContent(page);
  }

  /** The outermost elements of the main part, in the order of the page. */
  List<Element> parts() {
    return parts;
  }

  boolean isOmitted(Element element) {
    return omitted.contains(element) || tabs.isLabel(element);
  }

  /** Returns the label of a tab in front of its panel; empty for every other element. */
  String labelOf(Element panel) {
    return tabs.labelOf(panel);
  }

  private boolean isFurniture(Element element) {
    var names = (element.id() + " " + element.className()).toLowerCase(Locale.ROOT);
    var isNamed = names.contains("cookie") && !element.is("nav, dialog, [role], [aria-modal]");
    var isConsent = CONSENT.stream().anyMatch(names::contains);
    return !element.nameIs("body")
        && !element.nameIs("html")
        && !holdsText(element)
        && (!isNamed || (isConsent && element.selectFirst("h1") == null));
  }

  private boolean holdsText(Element element) {
    return holders.contains(element);
  }

  private void findHolders() {
    for (var part : page.select(TEXT_PARTS)) {
      var holder = part;
      while (holder != null && holders.add(holder)) {
        holder = holder.parent();
      }
    }
    for (var article : page.select(ARTICLES)) {
      var holder = article.parent();
      while (holder != null && articleHolders.add(holder)) {
        holder = holder.parent();
      }
    }
  }

  /** Returns whether a hidden element is a closed panel; a hidden inline element is an icon. */
  private static boolean isPanel(Element element) {
    return element.isBlock() || element.normalName().contains("-");
  }

  /** Omits links of a heading to itself that show a sign. */
  private void omitAnchors() {
    page.select(ANCHORS).stream()
        .filter(link -> link.text().codePoints().noneMatch(Character::isLetterOrDigit))
        .filter(link -> link.selectFirst("img[alt], [aria-label]:not(a)") == null)
        .forEach(omitted::add);
  }

  /** Comments of readers have articles of their own; the text that they are about is in front. */
  private void omitComments() {
    var first = page.selectFirst(TEXT_PARTS);
    if (first != null) {
      var around = new HashSet<>(first.parents());
      omitIf(COMMENTS, comments -> !around.contains(comments) && !comments.equals(first));
    }
  }

  private void omitByWeight() {
    omitIf(PAGE_HEADERS, this::isPageHeader);
    omitIf(SIDE_BARS, this::isSideBar);
    omitIf(PATHS, path -> weight(path).text < SMALL_FORM && !hasParagraphs(path));
    omitIf(VOTES, this::isVote);
    omitIf(LINK_LISTS, list -> isPart(list) && hasMostlyLinks(list));
    omitLinksInFront();
    page.select(FORMS).stream().filter(this::isInputForm).forEach(omitted::add);
    page.select(BUTTONS).stream().filter(button -> !isQuestion(button)).forEach(omitted::add);
    page.select(SEARCH_INPUTS).forEach(this::omitSearchBox);
    var headings =
        page.select(HEADINGS).stream().map(MainContent::words).collect(Collectors.toSet());
    page.select(LISTS).stream()
        .filter(list -> isTableOfContents(list, headings))
        .forEach(omitted::add);
  }

  /** Omits candidates that match the selector and the condition. */
  private void omitIf(Evaluator css, Predicate<Element> isOmitted) {
    for (var element : candidates) {
      if (css.matches(page, element) && isOmitted.test(element)) {
        omitted.add(element);
      }
    }
  }

  private void weigh() {
    weights.clear();
    page.filter(new Scale());
  }

  private static boolean isShown(int character) {
    return character > ' ' && !Character.isSpaceChar(character);
  }

  private Weight weight(Element element) {
    return weights.getOrDefault(element, new Weight());
  }

  /** A header of a page without a main part has the title, unless that is a link to the site. */
  private boolean isPageHeader(Element header) {
    if (header.closest(SECTIONS) != null) {
      return false;
    }
    var title = header.selectFirst("h1");
    var isTitle =
        title != null
            && weight(title).prose() > 0
            && weight(header).prose() > weight(header).links
            && page.selectFirst(TEXT_PARTS) == null;
    return !isTitle && !holdsText(header);
  }

  /** An aside within the text is a note, unless it lists links. */
  private boolean isSideBar(Element aside) {
    if (!isPart(aside) || aside.attr("role").startsWith("doc-")) {
      return false;
    }
    var weight = weight(aside);
    if (weight.text < SMALL_SEARCH && aside.selectFirst("nav") != null) {
      return true;
    }
    return isBesideText(aside)
        ? hasMostlyLinks(aside)
        : weight.links >= 2 * (weight.text - weight.links) && aside.select("a").size() > 2;
  }

  /** Returns whether an element has neither the title nor the text of the page. */
  private boolean isPart(Element element) {
    var title = element.selectFirst("h1");
    return !element.nameIs("body")
        && !holdsText(element)
        && (title == null || weight(title).prose() == 0);
  }

  /** Omits bars of links in front of the first heading of a page. */
  private void omitLinksInFront() {
    for (var child : page.body().children()) {
      if (child.selectFirst(HEADINGS) != null || holdsText(child)) {
        return;
      }
      if (child.nameIs("div") && weight(child).text == weight(child).links) {
        omitted.add(child);
      }
    }
  }

  /** Returns whether an element is outside of the main part, or beside the articles in it. */
  private boolean isBesideText(Element aside) {
    var part = aside.closest(TEXT_PARTS);
    return part == null || articleHolders.contains(part);
  }

  /** A few words with controls to answer them. */
  private boolean isVote(Element element) {
    return weight(element).text < SMALL_FORM
        && isPart(element)
        && element.selectFirst(ANSWERS) != null
        && element.selectFirst(STRUCTURE) == null;
  }

  private boolean hasMostlyLinks(Element element) {
    var weight = weight(element);
    return weight.text > 0 && weight.links * 2 >= weight.text;
  }

  /** A form that asks for input; others wrap the text of a page. */
  private boolean isInputForm(Element form) {
    var prose = weight(form).prose();
    return prose < SMALL_FORM
        && prose <= weight(page.body()).prose() - prose
        && form.selectFirst(CONTROLS) != null
        && form.selectFirst(STRUCTURE) == null;
  }

  private boolean hasParagraphs(Element element) {
    return holdsText(element) || element.selectFirst(PARAGRAPHS) != null;
  }

  private void omitSearchBox(Element input) {
    for (var box = input.parent(); box != null; box = box.parent()) {
      if (box.nameIs("body")
          || weight(box).text > SMALL_SEARCH
          || holdsText(box)
          || box.selectFirst(TITLES_AND_TEXT) != null) {
        return;
      }
      omitted.add(box);
    }
  }

  /** A button that opens a panel, or has a paragraph, is text; others act on the page. */
  private static boolean isQuestion(Element button) {
    if (button.closest(QUESTIONS) != null || button.selectFirst("p") != null) {
      return true;
    }
    if (button.hasAttr("aria-haspopup") || button.closest(PARTS_WITH_ACTIONS) != null) {
      return false;
    }
    return button.is(OPENS_PANEL) || isFollowedByPanel(button);
  }

  private static boolean isFollowedByPanel(Element button) {
    Node next = button.nextSibling();
    while (next != null && !(next instanceof Element)) {
      if (next instanceof TextNode text && !text.isBlank()) {
        return false;
      }
      next = next.nextSibling();
    }
    return next instanceof Element panel
        && panel.isBlock()
        && panel.selectFirst("pre") == null
        && panel.hasText();
  }

  /** The headings of the page follow, so that a list of links to all of them repeats them. */
  private boolean isTableOfContents(Element list, Set<String> headings) {
    var weight = weight(list);
    if (weight.text == 0
        || weight.text != weight.links
        || list.parents().stream().anyMatch(parent -> parent.is(LISTS))) {
      return false;
    }
    var links = list.select("a");
    return links.size() > 1
        && links.stream()
            .allMatch(link -> link.attr("href").contains("#") && headings.contains(words(link)));
  }

  /** The letters and digits of an element: the anchor of a heading has neither. */
  private static String words(Element element) {
    return words(element.text());
  }

  private static String words(String text) {
    var words = new StringBuilder();
    text.codePoints().filter(Character::isLetterOrDigit).forEach(words::appendCodePoint);
    return words.toString();
  }

  private List<Element> findParts() {
    var body = page.body();
    var prose = weight(body).prose();
    var mains = outermost(MAIN_PARTS);
    if (!mains.isEmpty()
        && mains.stream().mapToInt(main -> weight(main).prose()).sum() >= prose / 10) {
      return mains;
    }
    var articles = around(outermost(ARTICLES));
    if (articles != null && weight(articles).prose() >= prose / 2) {
      return List.of(withTitle(articles));
    }
    var named = around(outermost(NAMED_PARTS));
    return List.of(named != null && weight(named).prose() >= prose / 3 * 2 ? named : body);
  }

  /** Returns the articles together with their title, if that is close to them. */
  private Element withTitle(Element articles) {
    var header = articles.parent() == null ? null : articles.parent().selectFirst("> header");
    var title = header == null || omitted.contains(header) ? titleOfPage() : header;
    if (title == null || articles.select("h1").size() > 0) {
      return articles;
    }
    var whole = around(List.of(title, articles));
    return whole == null
            || whole.nameIs("body")
            || weight(whole).prose() * 2 > weight(articles).prose() * 3
        ? articles
        : whole;
  }

  /** Returns the heading with which the title of the page begins. */
  private @Nullable Element titleOfPage() {
    var title = words(page.title());
    return page.select("h1").stream()
        .filter(heading -> weight(heading).prose() > 0 && title.startsWith(words(heading)))
        .findFirst()
        .orElse(null);
  }

  private List<Element> outermost(Evaluator css) {
    var found = new ArrayList<Element>();
    for (var element : page.select(css)) {
      var parent = element.parent();
      if (weight(element).text > 0 && (parent == null || parent.closest(css) == null)) {
        found.add(element);
      }
    }
    return found;
  }

  /** Returns the smallest element that contains all of them. */
  private static @Nullable Element around(List<Element> elements) {
    if (elements.isEmpty()) {
      return null;
    }
    var common = new ArrayList<>(elements.getFirst().parents().reversed());
    common.add(elements.getFirst());
    for (var element : elements) {
      var path = new ArrayList<>(element.parents().reversed());
      path.add(element);
      var depth = 0;
      while (depth < Math.min(path.size(), common.size())
          && path.get(depth).equals(common.get(depth))) {
        depth++;
      }
      common.subList(depth, common.size()).clear();
    }
    return common.isEmpty() ? null : common.getLast();
  }

  /** Collects the elements that may be furniture. */
  private final class Candidates implements NodeFilter {

    @Override
    public FilterResult head(Node node, int depth) {
      if (node instanceof Element element) {
        if (element.attributesSize() > 0 || LANDMARKS.contains(element.normalName())) {
          candidates.add(element);
        }
        return element.nameIs("pre") ? FilterResult.SKIP_CHILDREN : FilterResult.CONTINUE;
      }
      return FilterResult.CONTINUE;
    }
  }

  /** Counts the characters of each element that is not omitted. */
  private final class Scale implements NodeFilter {

    private final Weight whole = new Weight();
    private int links;
    private int labels;

    @Override
    public FilterResult head(Node node, int depth) {
      if (node instanceof TextNode text) {
        count((int) text.getWholeText().chars().filter(MainContent::isShown).count());
      } else if (node instanceof Element element) {
        if (omitted.contains(element)) {
          return FilterResult.SKIP_ENTIRELY;
        }
        var before = new Weight();
        before.text = whole.text;
        before.links = whole.links;
        before.labels = whole.labels;
        weights.put(element, before);
        links += element.nameIs("a") ? 1 : 0;
        labels += isLabel(element) ? 1 : 0;
        if (element.nameIs("img")) {
          count(element.attr("alt").strip().length());
        }
      }
      return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
      if (node instanceof Element element) {
        var weight = weight(element);
        weight.text = whole.text - weight.text;
        weight.links = whole.links - weight.links;
        weight.labels = whole.labels - weight.labels;
        links -= element.nameIs("a") ? 1 : 0;
        labels -= isLabel(element) ? 1 : 0;
      }
      return FilterResult.CONTINUE;
    }

    private void count(int characters) {
      whole.text += characters;
      whole.links += links > 0 ? characters : 0;
      whole.labels += links == 0 && labels > 0 ? characters : 0;
    }

    private static boolean isLabel(Element element) {
      return element.nameIs("label") || element.nameIs("legend") || element.nameIs("button");
    }
  }
}
