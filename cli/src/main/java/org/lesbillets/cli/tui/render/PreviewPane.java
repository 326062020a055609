package org.lesbillets.cli.tui.render;

import java.util.Optional;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.cli.tui.text.PreviewText;
import org.lesbillets.cli.tui.text.TicketText;
import org.lesbillets.model.Ticket;

/** The preview of the selected ticket, beside or below the list. Stateless. */
final class PreviewPane {
  private PreviewPane() {}

  static void draw(UiModel model, Area area) {
    Optional<Ticket> subject = model.subject();
    String title = subject.map(ticket -> "#" + ticket.number()).orElse("");
    Area inside =
        PaneBorder.draw(area, title, subject.map(ticket -> hint(model, ticket)).orElse(""));
    if (subject.isPresent()) {
      Ticket ticket = subject.get();
      LeaseDeadline lease = model.tickets().lease(ticket.id()).orElse(null);
      TicketText text = new TicketText(ticket, lease, model.now(), model.settings().zone());
      DetailView view = model.peek() == null ? null : model.peek().view();
      PreviewText preview = new PreviewText(text, view);
      LinesPane.draw(preview.lines(inside.columns(), inside.rows()), 0, inside);
    } else {
      inside.put(0, 0, "No ticket is chosen.", Styles.QUIET);
    }
  }

  private static String hint(UiModel model, Ticket ticket) {
    long comments = ticket.commentCount();
    String said = comments == 0 ? "" : comments + (comments == 1 ? " comment, " : " comments, ");
    return model.settings().keys().key(Action.OPEN).map(key -> key + ": ").orElse("")
        + said
        + "history";
  }
}
