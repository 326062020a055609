package org.lesbillets.cli.tui;

import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** The tickets of a support desk on an ordinary Sunday morning. */
final class SampleDesk {
  private static final AgentName BOB = new AgentName("bob");
  private static final AgentName CAROL = new AgentName("carol");
  private static final AgentName ERIN = new AgentName("erin");
  private static final String[] LINES = {
    "urgent | Printer on fire, third floor | alice | printer 3rd-floor | 2h",
    "high | VPN drops every ten minutes since the update | bob | network vpn | 26h",
    "normal | New laptop for M. Okonkwo | carol | hardware | 3d",
    "low | Desk phone shows the wrong time | | phone | 9d",
    "urgent | Payroll export fails: column AMOUNT is empty | dave | payroll export | 47m",
    "normal | Reset password for the trainee account | | accounts | 12m",
    "normal | Meeting room 4: projector shows only green | bob | rooms | 5h",
    "high | Mails to @example.org are bounced | alice | mail | 3h",
    "normal | 打印机着火了 — 请尽快处理 | erin | printer | 7h",
    "low | Please rename the share \"old_new_final2\" | | files | 14d",
    "normal | Café terminal asks for a PIN twice ☕ | carol | payment | 30h",
    "high | Badge of contractor opens every door | dave | access security | 90m",
    "normal | Excel opens with two windows | | office | 4d",
    "low | Clock in the hall is 3 min late | erin | rooms | 20d",
    "normal | Backup report of last night is missing | alice | backup | 9h",
    "urgent | Phones on the second floor are silent | bob | phone network | 25m",
    "normal | Access to the archive for the audit team | carol | access | 2d",
    "high | Certificate of intranet ends on Friday | dave | tls intranet | 6h",
    "normal | Mouse pointer jumps on docking station | | hardware | 8d",
    "low | Wishes for the new coffee machine | | | 31d",
    "normal | Scanner sends blank pages to half of the team and nothing to the other half | erin"
        + " | printer scanner mail | 11h",
    "normal | Calendar shows meetings one hour early | bob | calendar | 50h",
    "high | Web shop: basket is emptied at log-in | carol | shop | 4h",
    "normal | Software licence for the CAD seat | | licences | 6d",
    "normal | Headset of reception crackles | alice | phone | 10h",
    "low | Monitor arm squeaks | | hardware | 12d"
  };

  private SampleDesk() {}

  /** As they were told when the view began. */
  static List<Ticket> tickets() {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < LINES.length; i++) {
      tickets.add(made(i + 1, LINES[i].split("\\|")));
    }
    return tickets;
  }

  private static Ticket made(int number, String[] parts) {
    Duration age = DurationText.parse(parts[4].strip());
    String assignee = parts[2].strip();
    TicketMaker maker =
        ticket(number)
            .title(parts[1].strip())
            .priority(Priority.valueOf(parts[0].strip().toUpperCase(Locale.ROOT)))
            .assignee(assignee.isEmpty() ? null : assignee)
            .requester(number % 3 == 0 ? "Mme Dupont" : number % 3 == 1 ? "front desk" : null)
            .tags(parts[3].isBlank() ? new String[0] : parts[3].strip().split(" "))
            .created(number % 2 == 0 ? "bob" : "carol", age)
            .updated("erin", age.dividedBy(3));
    return told(number, number % 9 == 4 ? maker.closed() : maker);
  }

  /** What some of them are besides. */
  private static Ticket told(int number, TicketMaker maker) {
    return switch (number) {
      case 1 ->
          maker
              .description(
                  "Smoke since nine, the fire brigade has been called.\n\nIt smells of burnt"
                      + " plastic, and the display says \"PC LOAD LETTER\", whatever that may mean"
                      + " to those who know. The spare one is in the cellar, room 012.")
              .reference("https://example.org/mail/4711")
              .locked("bob", Duration.ofMinutes(4), Duration.ofSeconds(641))
              .make()
              .withCommentCount(2);
      case 5 -> maker.locked("dave", Duration.ofMinutes(14), Duration.ofSeconds(38)).make();
      case 8 -> maker.locked("alice", Duration.ofMinutes(2), Duration.ofSeconds(780)).make();
      case 12 -> maker.locked("dave", Duration.ofHours(3), Duration.ofMinutes(412)).make();
      case 13 -> maker.locked("erin", Duration.ofSeconds(50), Duration.ofSeconds(850)).make();
      case 18 -> maker.locked("alice", Duration.ofMinutes(15), Duration.ofSeconds(9)).make();
      default -> maker.make();
    };
  }

  /** What was said of the first of them, and what happened to it. */
  static TicketDetails details() {
    Ticket ticket = tickets().get(0);
    List<Comment> comments =
        List.of(
            new Comment(1_101, at(20), BOB, "The fire brigade is on its way.\nNobody is hurt."),
            new Comment(
                1_199,
                at(55),
                ERIN,
                "They are here, and want to know who bought the toner: it burns well. Whoever has"
                    + " the invoice, please send it to the front desk."));
    List<SequencedEvent> history =
        List.of(
            event(1_000, new WireEvent.TicketCreated(at(0), CAROL, ticket, false)),
            event(1_101, new WireEvent.TicketCommented(at(20), BOB, ticket, comments.get(0))),
            event(1_120, new WireEvent.TicketUpdated(at(30), BOB, ticket, changes(), false)),
            event(1_190, locked(ticket)),
            event(1_199, new WireEvent.TicketCommented(at(55), ERIN, ticket, comments.get(1))));
    return new TicketDetails("1", ticket, reversed(comments), reversed(history), true);
  }

  private static List<FieldChange> changes() {
    return List.of(
        new FieldChange.Replaced(TicketField.TITLE, "Printer", "Printer on fire, third floor"),
        new FieldChange.Replaced(TicketField.PRIORITY, "normal", "urgent"),
        new FieldChange.Replaced(TicketField.ASSIGNEE, null, "alice"),
        new FieldChange.Retagged(List.of("paper"), List.of("printer", "3rd-floor")));
  }

  private static WireEvent locked(Ticket ticket) {
    return new WireEvent.TicketLocked(at(54), BOB, ticket, false, false);
  }

  private static SequencedEvent event(long revision, WireEvent event) {
    return new SequencedEvent(revision, revision - 1, event);
  }

  private static Instant at(int minute) {
    return TicketMaker.NOW.minusSeconds(3600).plusSeconds(60L * minute);
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }
}
