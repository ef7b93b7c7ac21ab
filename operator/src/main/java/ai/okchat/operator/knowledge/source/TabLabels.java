package ai.okchat.operator.knowledge.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/**
 * Finds the label of each tab panel, so that it can be written in front of the panel: pages list
 * all labels first. Labels whose panel is uncertain stay where they are.
 */
final class TabLabels {

  private static final String LIST = "[role=tablist], .tabbed-labels, .vp-code-group > .tabs";
  private static final String TAB = "[role=tab], .tabbed-labels > label, .tabs > label";
  private static final String PANEL =
      "[role=tabpanel], .tabbed-block, .vp-code-group > .blocks > div";
  private static final Evaluator LISTS = Selector.evaluatorOf(LIST);
  private static final Evaluator TABS = Selector.evaluatorOf(TAB);
  private static final Evaluator PANELS = Selector.evaluatorOf(PANEL);
  private static final Evaluator ALL = Selector.evaluatorOf(LIST + ", " + TAB + ", " + PANEL);

  /** Levels between a panel and the element that contains it and the list of its label. */
  private static final int LEVELS = 4;

  private final Map<Element, String> texts = new HashMap<>();
  private final Set<Element> moved = new HashSet<>();
  private final Map<String, Element> tabsByPanel = new HashMap<>();
  private final Map<String, Element> tabsById = new HashMap<>();

  /** A list of tabs, and the panels that follow it. */
  private record TabList(Element element, List<Element> tabs, List<Element> panels) {}

  private TabLabels() {}

  static TabLabels of(Document page) {
    var labels = new TabLabels();
    var open = new ArrayDeque<TabList>();
    for (var element : page.select(ALL)) {
      if (element.is(PANELS)) {
        labels.addPanel(element, open);
      } else if (element.is(LISTS)) {
        open.push(new TabList(element, new ArrayList<>(), new ArrayList<>()));
      } else if (element.is(TABS) && !open.isEmpty()) {
        labels.addTab(element, open.getFirst());
      }
    }
    open.forEach(labels::close);
    return labels;
  }

  boolean isLabel(Element element) {
    return moved.contains(element);
  }

  String labelOf(Element panel) {
    return texts.getOrDefault(panel, "");
  }

  private void addTab(Element tab, TabList list) {
    list.tabs().add(tab);
    var href = tab.attr("href");
    tabsByPanel.put(href.startsWith("#") ? href.substring(1) : tab.attr("aria-controls"), tab);
    tabsById.put(tab.id(), tab);
  }

  private void addPanel(Element panel, Deque<TabList> open) {
    var tab = panel.id().isEmpty() ? null : tabsByPanel.get(panel.id());
    if (tab == null && panel.hasAttr("aria-labelledby")) {
      tab = tabsById.get(panel.attr("aria-labelledby"));
    }
    if (tab != null && !moved.contains(tab)) {
      move(tab, panel);
      return;
    }
    while (!open.isEmpty() && !isBeside(panel, open.getFirst().element())) {
      close(open.pop());
    }
    if (!open.isEmpty()) {
      open.getFirst().panels().add(panel);
    }
  }

  private static boolean isBeside(Element panel, Element list) {
    var container = list.parent();
    var outer = container == null ? null : container.parent();
    var parent = panel.parent();
    for (var level = 0; level < LEVELS && parent != null; level++) {
      if (parent.equals(container) || parent.equals(outer)) {
        return true;
      }
      parent = parent.parent();
    }
    return false;
  }

  /** Pairs labels and panels by their order, if there are as many of both. */
  private void close(TabList list) {
    if (list.tabs().size() == list.panels().size()) {
      for (var i = 0; i < list.tabs().size(); i++) {
        if (!moved.contains(list.tabs().get(i))) {
          move(list.tabs().get(i), list.panels().get(i));
        }
      }
    }
  }

  private void move(Element tab, Element panel) {
    texts.put(panel, tab.text());
    moved.add(tab);
  }
}
