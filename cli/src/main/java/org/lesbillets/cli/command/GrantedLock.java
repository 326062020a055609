package org.lesbillets.cli.command;

import java.io.UncheckedIOException;
import org.lesbillets.cli.output.ClosedPipeException;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketPatch;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A lock that the server has granted and that has no owner outside this process yet: until its
 * token is printed, or a command runs under it, whatever fails releases it. Used by one thread.
 *
 * @param claimed whether a claim took it, which is then undone, too
 */
record GrantedLock(Invocation invocation, EventMessage granted, boolean claimed) {

  /** Prints the lock for the caller, who answers for it from then on. */
  void print(Runnable printing) {
    handOver(
        () -> {
          printing.run();
          invocation.console().flush();
        });
  }

  /**
   * Does what gives the lock an owner. If that fails, the lock is released before the failure is
   * thrown on, and standard error says so.
   */
  void handOver(Runnable step) {
    try {
      step.run();
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(e.getMessage() + "; " + undone(), e.getCause());
    } catch (ClosedPipeException e) {
      invocation.tell("NOT_PRINTED", "nothing reads the output any more; " + undone());
      throw e;
    } catch (RuntimeException | Error e) {
      invocation.tell("LOCK_RELEASED", undone());
      throw e;
    }
  }

  /** Releases the lock; a sentence about what came of that. */
  private String undone() {
    String what = (claimed ? "the claim of #" : "the lock on #") + ticket().number();
    try {
      invocation.desk().change(release());
      return what + (claimed ? " was given back" : " was released");
    } catch (RuntimeException e) {
      return what
          + " could not be "
          + (claimed ? "given back" : "released")
          + " ("
          + e.getMessage()
          + "): see billets show "
          + ticket().number();
    }
  }

  private Ticket ticket() {
    return granted.event().event().ticket();
  }

  private ClientMessage.Change release() {
    TicketRef ref = new TicketRef.ByNumber(ticket().number());
    long token = ticket().lock().token();
    return claimed
        ? new ClientMessage.UpdateTicket(
            null, null, ref, TicketPatch.assignee(null), token, null, true)
        : new ClientMessage.UnlockTicket(null, null, ref, token, null);
  }
}
