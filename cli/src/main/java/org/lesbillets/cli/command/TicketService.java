package org.lesbillets.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lesbillets.cli.client.bench.Bench;
import org.lesbillets.cli.client.bench.BenchPlan;
import org.lesbillets.cli.client.lock.KeptLease;
import org.lesbillets.cli.client.lock.Lease;
import org.lesbillets.cli.client.lock.LeaseKeeper;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.client.lock.OnServerAway;
import org.lesbillets.cli.client.pipeline.Job;
import org.lesbillets.cli.client.pipeline.JobSink;
import org.lesbillets.cli.client.pipeline.JobSource;
import org.lesbillets.cli.client.pipeline.Pipeline;
import org.lesbillets.cli.client.pipeline.PipelineResult;
import org.lesbillets.cli.output.IdentityReport;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.message.ServerMessage.Welcome;

/**
 * The server's tickets as a verb sees them: requests and results, no connection and no request ids.
 * Confined to one thread. Every method but {@link #keep} and {@link #close} throws {@code
 * RejectedException} when the server refuses and {@code ConnectionException} when it cannot be
 * asked.
 */
public interface TicketService extends AutoCloseable {
  /** The agent of this connection. */
  AgentName me();

  /** The server's greeting: the role, and the position of its journal. */
  Welcome welcome();

  /** Who the server takes this client for, and how it knows. */
  IdentityReport identity();

  /**
   * From now on lists and details have every change that was acknowledged before, also by other
   * servers of the same desk; without it, what the server knows.
   */
  void askFresh();

  /** The tickets that match, all of them or the first of them. */
  AllTickets tickets(TicketSelection selection);

  /** How many tickets match, whatever the limit. */
  long count(TicketSelection selection);

  /**
   * Some fields of those tickets.
   *
   * @param projection chooses the fields
   * @param rows takes the rows of a part of the answer as it arrives, perhaps on another thread;
   *     must not block. All were taken when the method returns
   * @return how many tickets match, whatever the limit
   */
  long rows(
      TicketSelection selection, Projection projection, Consumer<List<ListedFields.Row>> rows);

  /**
   * Asks for something about the server itself.
   *
   * @param request makes the request with an id
   * @param kind of its answer
   */
  <A extends Answer> A administer(Function<String, AdminMessage> request, Class<A> kind);

  /** The ids of those tickets. */
  List<TicketId> ids(TicketSelection selection);

  /**
   * One ticket with its newest comments and, if asked, events.
   *
   * @param cursor where the page begins
   */
  TicketDetails details(TicketRef ticket, boolean history, DetailsCursor cursor);

  /**
   * Sends a change, retried until the timeout under one idempotency key; its request id is
   * replaced.
   */
  EventMessage change(ClientMessage.Change change);

  /**
   * As {@link #change}, for one that takes long at the server.
   *
   * @param patience its time limit, once there is a connection
   */
  default EventMessage change(ClientMessage.Change change, Duration patience) {
    return change(change);
  }

  /**
   * Takes a lock, waiting in its FIFO queue for as long as the request says; survives reconnects.
   */
  EventMessage waitInLine(ClientMessage.WaitableChange wanted, LockWaitListener listener);

  /**
   * Keeps a lease renewed until it is released or lost, over a separate connection unless that is
   * shared.
   *
   * @param listener is called on the keeper's thread
   */
  KeptLease keep(Lease lease, OnServerAway onServerAway, LeaseKeeper.Listener listener);

  /**
   * Runs many jobs over one connection, as {@link Pipeline} does.
   *
   * @param jobs bound of the jobs in flight, 1 to 256
   */
  <J extends Job> PipelineResult perform(int jobs, JobSource<J> source, JobSink<J> sink);

  /**
   * Measures the server, over connections of its own.
   *
   * @return null if the listener ended it before there were figures
   */
  Bench.Result measure(BenchPlan plan, Bench.Listener listener);

  /** Watches until the visitor has enough or the time is over. */
  void watch(WatchTerms terms, WatchVisitor visitor);

  /**
   * Services of the same server for as many threads, with one connection together, also for their
   * waits and leases; it is closed with this.
   *
   * @param threads 1 or more; each keeps one lease at a time
   */
  List<TicketService> sharing(int threads);

  /** Closes the connection, if there is one; a later request opens another. */
  @Override
  void close();
}
