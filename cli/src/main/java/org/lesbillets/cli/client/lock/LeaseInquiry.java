package org.lesbillets.cli.client.lock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.lesbillets.cli.client.AnswerFailures;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.Connector;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * What a keeper asks the server about its lease, beside renewals. Confined to the keeper's thread,
 * but for {@link #release}.
 */
record LeaseInquiry(ClientSettings settings, LeaseRequests requests, LeaseTerm term) {
  Duration patience() {
    return term.patience(settings.timeout());
  }

  LockLossDetector loss() {
    return new LockLossDetector(requests.lease().token());
  }

  /**
   * Takes a lock that is held while another request is unanswered.
   *
   * @throws ConnectionException if that is not answered in time
   */
  void await(ReentrantLock asking, TicketClient open) {
    Duration patience = term.step(patience());
    try {
      if (!asking.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw AnswerFailures.noAnswer(open.server(), patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AnswerFailures.interrupted(open.server());
    }
  }

  /** Whether the server's list has this lock, whose lease then lasts as long as that says. */
  boolean isShownAsOurs(TicketClient open, GetTickets request) {
    long asked = System.nanoTime();
    Answer answer = open.ask(request, term.step(patience()));
    AllTickets all = ExpectedAnswer.of(open.server(), answer, AllTickets.class);
    boolean ours = false;
    for (Ticket ticket : all.tickets()) {
      if (loss().seen(ticket) == null) {
        ours = true;
        term.shown(asked, ticket.lock().expiresIn());
      }
    }
    return ours;
  }

  /** The cause by the ticket's history: the event may follow the refusal, or have been missed. */
  LockLostReason whatHappened(TicketClient open, LockLostReason otherwise) {
    try {
      Answer answer = open.ask(requests.history(open.nextRequestId()), patience());
      TicketDetails details = ExpectedAnswer.of(open.server(), answer, TicketDetails.class);
      LockLostReason found = details.history() == null ? null : loss().in(details.history());
      return found == null ? otherwise : found;
    } catch (ConnectionException | RejectedException e) {
      return otherwise;
    }
  }

  /**
   * Asks for the release, over this connection or, where it is not open, another.
   *
   * @return whether the server answered that the lock has ended; any thread
   */
  boolean release(TicketClient open, GiveBack giveBack, Duration patience) {
    try {
      Answer answer =
          open != null && open.isOpen()
              ? open.ask(requests.release(open.nextRequestId(), giveBack), patience)
              : release(giveBack, patience);
      return !(answer instanceof Rejected no && no.code().isOutage());
    } catch (ConnectionException e) {
      // The lease ends by itself.
      return false;
    }
  }

  private Answer release(GiveBack giveBack, Duration patience) {
    try (TicketClient brief = new Connector(settings, patience, PushListener.NONE).connect()) {
      return brief.ask(requests.release(brief.nextRequestId(), giveBack), patience);
    }
  }
}
