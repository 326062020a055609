package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.Pager;

/** The keys where a text is read. */
final class PagerKeys {
  private final UiModel model;

  PagerKeys(UpdateContext context) {
    this.model = context.model;
  }

  void act(Action action) {
    int page = Math.max(1, model.layout().bodyRows() - 1);
    Pager pager = model.pager;
    int last = Math.max(0, pager.lines().size() - model.layout().bodyRows());
    switch (action) {
      case BACK, PUT_AWAY -> model.pager = null;
      case NEXT -> scrollTo(pager.top() + 1, last);
      case PREVIOUS -> scrollTo(pager.top() - 1, last);
      case PAGE_DOWN, PAGE_ON -> scrollTo(pager.top() + page, last);
      case PAGE_UP -> scrollTo(pager.top() - page, last);
      case HALF_DOWN -> scrollTo(pager.top() + Math.max(1, page / 2), last);
      case HALF_UP -> scrollTo(pager.top() - Math.max(1, page / 2), last);
      case FIRST -> scrollTo(0, last);
      case LAST -> scrollTo(last, last);
      default -> {}
    }
  }

  private void scrollTo(int line, int last) {
    model.pager = model.pager.at(Math.min(line, last));
  }
}
