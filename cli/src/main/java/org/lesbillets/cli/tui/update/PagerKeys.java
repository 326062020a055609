package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.text.HelpLines;

/** The keys of the pager. On the thread of the view. */
record PagerKeys(UpdateContext context) {
  /** Shows the help. */
  void help() {
    UiSettings settings = context.settings();
    List<TextLine> lines = HelpLines.of(settings.keys(), settings.start(), settings.views());
    context.view(context.view().with(new Pager(Pager.Kind.HELP, "Keys", lines, 0)));
  }

  void act(Action action) {
    int page = Math.max(1, context.model.layout().bodyRows() - 1);
    Pager pager = context.model.pager();
    int last = Math.max(0, pager.lines().size() - context.model.layout().bodyRows());
    switch (action) {
      case BACK, PUT_AWAY -> context.view(context.view().with((Pager) null));
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
    context.view(context.view().with(context.model.pager().at(Math.min(line, last))));
  }
}
