package org.lesbillets.cli.output;

import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Pong;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** Sentences for answers of the server. Texts in them are not sanitized yet. Stateless. */
public final class AnswerWords {
  private AnswerWords() {}

  /** The tickets in an answer. */
  static List<Ticket> tickets(Answer answer) {
    if (answer instanceof EventMessage event) {
      return List.of(event.event().event().ticket());
    }
    if (answer instanceof TicketDetails details) {
      return List.of(details.ticket());
    }
    return answer instanceof AllTickets all ? all.tickets() : List.of();
  }

  /** The number of the ticket in it; null if it is not one. */
  static Long number(Answer answer) {
    List<Ticket> tickets = answer instanceof AllTickets ? List.of() : tickets(answer);
    return tickets.isEmpty() ? null : tickets.get(0).number();
  }

  public static String what(Answer answer) {
    if (answer instanceof EventMessage event) {
      String done = event.repeated() ? ", as before" : "";
      return EventSentence.whoAndWhat(event.event().event()) + done + title(answer);
    }
    if (answer instanceof TicketDetails details) {
      return "#" + details.ticket().number() + title(answer);
    }
    if (answer instanceof AllTickets all) {
      return all.total() == 1 ? "1 ticket" : all.total() + " tickets";
    }
    return answer instanceof Pong pong ? "revision " + pong.revision() : answer.type();
  }

  private static String title(Answer answer) {
    return " (" + tickets(answer).get(0).content().title() + ")";
  }
}
