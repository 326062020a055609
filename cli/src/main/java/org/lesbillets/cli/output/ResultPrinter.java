package org.lesbillets.cli.output;

import java.util.List;
import java.util.function.Supplier;
import org.lesbillets.cli.output.console.ClosedPipeException;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/**
 * Strategy of an output format: one method for each kind of result, so that a new format has to
 * implement all of them.
 *
 * <p>Confined to one thread. All methods throw {@link ClosedPipeException} if the reader has gone.
 */
public interface ResultPrinter {
  /** Tickets of a list. */
  void listed(List<Ticket> tickets);

  /** Locked tickets, for the sake of their locks. */
  void locks(List<Ticket> tickets);

  /**
   * Tickets, whole.
   *
   * @param several whether more than one was asked for, so that scripts get an array
   */
  void shown(List<TicketReport> reports, boolean several);

  /**
   * One value of each ticket.
   *
   * @param name one of {@link TicketFields#NAMES}
   * @param several whether more than one was asked for, so that each is on a line of its own
   */
  void fields(List<Ticket> tickets, String name, boolean several);

  /** The events of one ticket. */
  void history(TicketReport report);

  /** The diff of a change about to be sent, for people; nothing for scripts. */
  default void difference(TicketContent before, TicketContent after) {}

  /** A ticket that was just created. */
  void created(EventMessage done);

  /**
   * Changes that were made.
   *
   * @param several whether more than one was asked for, so that scripts get an array
   */
  void changed(List<EventMessage> done, boolean several);

  /**
   * A ticket that was to be changed, and was left as it is; for scripts that take objects.
   *
   * @param ticket asked only where it is printed
   */
  default void unchanged(Supplier<Ticket> ticket) {}

  /** A lock that was taken or renewed. */
  void locked(EventMessage done);

  /** A ticket that was claimed: locked and assigned in one step. */
  void claimed(EventMessage done);

  /**
   * A ticket is in the state that was waited for.
   *
   * @param state in a word, as people say it
   */
  void reached(Ticket ticket, String state);

  /** An event as it happens. The caller flushes, here and for what else a watch prints. */
  void watched(EventMessage event);

  /** Time alone has changed the match of a ticket. */
  void watched(TicketMatch match);

  /** A ticket that matches when a watch begins. */
  void present(Ticket ticket);

  /** The tickets before are all that match at this position; events follow. */
  void current(ResumePoint at);

  /** A watch could not resume where it was: events may be missing before what follows. */
  void resync(ResumePoint at);

  /** The result of a line of a batch. */
  void batched(BatchReport report);

  /** There are no more lines of the batch. */
  default void batchEnded() {}

  /** The result of an import. */
  void imported(ImportReport report);

  /**
   * A watch is over: nothing more of it follows.
   *
   * @param asItShould false where it failed, so that without an event nothing is printed
   */
  default void watchOver(boolean asItShould) {}

  /** The figures of a benchmark. */
  void benched(BenchReport report);

  /** The status of the server. */
  void status(StatusReport status);

  /** Who the server takes this client for. */
  void identity(IdentityReport identity);

  /** What is right and wrong with an installation, a finding of each check. */
  void findings(List<Finding> findings);

  /** The sessions of a server. */
  void sessions(List<AdminAnswer.Session> sessions);

  /** Something that was done to the server. */
  void administered(AdminReport report);

  /** Named servers. */
  void contexts(List<ContextReport> contexts);

  /** One of them, whole. */
  void context(ContextReport context);

  /**
   * One of them that was changed.
   *
   * @param sentence what was done, for people
   */
  void contextChanged(ContextReport context, String sentence);
}
