package org.lesbillets.cli.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.bench.Bench;
import org.lesbillets.cli.client.bench.BenchPlan;
import org.lesbillets.cli.client.lock.KeptLease;
import org.lesbillets.cli.client.lock.Lease;
import org.lesbillets.cli.client.lock.LeaseKeeper;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.client.lock.OnServerAway;
import org.lesbillets.cli.client.pipeline.Job;
import org.lesbillets.cli.client.pipeline.JobSink;
import org.lesbillets.cli.client.pipeline.JobSource;
import org.lesbillets.cli.client.pipeline.PipelineResult;
import org.lesbillets.cli.output.IdentityReport;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.wire.MessageCodec;

/** A desk that says what a test told it to say, and remembers what it was asked. */
public final class ScriptedTicketService implements TicketService {
  /** What was asked for, in order. */
  public final List<Object> asked = new ArrayList<>();

  private final Deque<TicketDetails> pages = new ArrayDeque<>();
  private Function<TicketSelection, AllTickets> found = s -> snapshot(0);
  private Function<ClientMessage.Change, EventMessage> change = c -> failing("no change expected");
  private Consumer<WatchVisitor> watch = visitor -> failing("no watch expected");
  private Function<AdminMessage, Answer> admin = m -> failing("no administration expected");
  private RuntimeException failure;
  private Role role = Role.ADMIN;
  public boolean closed;

  /** Whether reads are to be fresh. */
  public boolean fresh;

  /** What became of the lease that was to be kept, in order. */
  public final List<String> lease = new CopyOnWriteArrayList<>();

  private Consumer<LeaseKeeper.Listener> keeping = listener -> {};

  private Error notKeeping;

  private Function<BenchPlan, Bench.Result> measure =
      plan -> {
        throw new AssertionError("nothing is measured here");
      };

  private boolean answersReleases = true;

  private Consumer<ScriptedTicketService> releasing = desk -> {};

  /** The leases that were to be kept, in order, and how many still are. */
  public final List<Lease> kept = new CopyOnWriteArrayList<>();

  public volatile int keptNow;

  static {
    // The codec is loaded, so that a completion with its deadline need not wait for that.
    Ticket ticket = TicketMaker.ticket(1).make();
    MessageCodec.projected(snapshot(1, ticket), Projection.of(Projection.NAMES));
  }

  private static EventMessage failing(String message) {
    throw new AssertionError(message);
  }

  /** The refusal of a server. */
  public static RejectedException refusal(RejectionCode code, String message) {
    return new RejectedException(
        new ServerMessage.Rejected("1", code, message, RejectionDetails.NONE));
  }

  public static ConnectionException failure(ConnectionException.Kind kind, String message) {
    return new ConnectionException(kind, message);
  }

  public static AllTickets snapshot(int total, Ticket... tickets) {
    return new AllTickets("1", List.of(tickets), 91, "j", false, false, total);
  }

  public ScriptedTicketService holding(int total, Ticket... tickets) {
    return finding(selection -> snapshot(total, tickets));
  }

  public ScriptedTicketService finding(Function<TicketSelection, AllTickets> answer) {
    found = answer;
    return this;
  }

  /** Answers GetTicket with these, one after the other; the last one again and again. */
  public ScriptedTicketService telling(TicketDetails... details) {
    pages.addAll(List.of(details));
    return this;
  }

  public ScriptedTicketService changing(Function<ClientMessage.Change, EventMessage> answer) {
    change = answer;
    return this;
  }

  public ScriptedTicketService watching(Consumer<WatchVisitor> script) {
    watch = script;
    return this;
  }

  /** Does this, on a thread of its own, while a lease is to be kept. */
  public ScriptedTicketService keeping(Consumer<LeaseKeeper.Listener> script) {
    keeping = script;
    return this;
  }

  /** Fails when a lease is to be kept. */
  public ScriptedTicketService notKeeping(Error failure) {
    notKeeping = failure;
    return this;
  }

  /** The keeper cannot reach the server to release a lock. */
  public ScriptedTicketService notReleasing() {
    answersReleases = false;
    return this;
  }

  /** Does this when a lease was released. */
  public ScriptedTicketService releasing(Consumer<ScriptedTicketService> script) {
    releasing = script;
    return this;
  }

  /** Fails whatever is asked. */
  public ScriptedTicketService failing(RuntimeException failure) {
    this.failure = failure;
    return this;
  }

  private void ask(Object question) {
    asked.add(question);
    reach();
  }

  private void reach() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public AgentName me() {
    return new AgentName("alice");
  }

  @Override
  public Welcome welcome() {
    reach(); // it came with the connection: nothing is asked
    return new Welcome(1, "scripted", "j", snapshot(0).revision(), me(), role, false);
  }

  @Override
  public IdentityReport identity() {
    ask("identity");
    return new IdentityReport(me(), role, "unix:/run/billets/desk.sock", "unix");
  }

  public ScriptedTicketService as(Role role) {
    this.role = role;
    return this;
  }

  @Override
  public List<TicketId> ids(TicketSelection selection) {
    return tickets(selection).tickets().stream().map(Ticket::id).toList();
  }

  @Override
  public long count(TicketSelection selection) {
    return tickets(selection).total();
  }

  @Override
  public long rows(
      TicketSelection selection, Projection projection, Consumer<List<ListedFields.Row>> rows) {
    AllTickets found = MessageCodec.projected(tickets(selection), projection);
    rows.accept(found.rows().rows());
    return found.total();
  }

  @Override
  public void askFresh() {
    fresh = true;
  }

  @Override
  public AllTickets tickets(TicketSelection selection) {
    ask(selection);
    return found.apply(selection);
  }

  @Override
  public TicketDetails details(TicketRef ticket, boolean history, DetailsCursor cursor) {
    ask(new ClientMessage.GetTicket(null, ticket, history, cursor, null).fresh(fresh));
    return pages.size() > 1 ? pages.poll() : pages.element();
  }

  @Override
  public EventMessage change(ClientMessage.Change wanted) {
    ask(wanted);
    return change.apply(wanted);
  }

  @Override
  public List<TicketService> sharing(int threads) {
    return Collections.nCopies(threads, this);
  }

  @Override
  public EventMessage waitInLine(ClientMessage.WaitableChange wanted, LockWaitListener listener) {
    listener.waiting();
    return change(wanted);
  }

  @Override
  public KeptLease keep(Lease given, OnServerAway onServerAway, LeaseKeeper.Listener listener) {
    if (notKeeping != null) {
      throw notKeeping;
    }
    kept.add(given);
    keptNow++;
    lease.add("kept " + given.number() + "/" + given.token());
    LeaseKeeper.Listener lost = onServerAway == OnServerAway.GIVE_UP ? listener : keptOn(given);
    Thread thread = new Thread(() -> keeping.accept(lost), "scripted-lease");
    thread.setDaemon(true);
    thread.start();
    return new KeptLease() {
      private boolean over;

      @Override
      public boolean release(GiveBack giveBack, Duration patience) {
        if (over) {
          return false;
        }
        over = true;
        keptNow--;
        lease.add(giveBack == null ? "released" : giveBack.failed() ? "failed" : "untried");
        releasing.accept(ScriptedTicketService.this);
        return answersReleases;
      }

      @Override
      public void close() {
        if (!over) {
          over = true;
          keptNow--;
          lease.add("closed");
        }
      }
    };
  }

  /** Keeps a lease on when the server was away: it may have its whole time again. */
  private LeaseKeeper.Listener keptOn(Lease given) {
    return why -> {
      if (why.kind() == LockLostReason.Kind.AWAY) {
        kept.add(new Lease(given.number(), given.token(), given.ttl(), given.ttl()));
      }
    };
  }

  /** One job after the other, each request answered as the desk's other methods answer it. */
  @Override
  public <J extends Job> PipelineResult perform(int jobs, JobSource<J> source, JobSink<J> sink) {
    boolean more = true;
    long left = 0;
    for (J job = source.next(); job != null; job = source.next()) {
      if (more) {
        ask(job);
        more = sink.goesOnAfter(job);
        sink.take(job);
      } else {
        left++;
      }
    }
    sink.pause();
    return new PipelineResult(left, true, null);
  }

  private void ask(Job job) {
    for (ClientMessage next = job.first(); next != null; ) {
      try {
        next = job.next(answer(next));
      } catch (RejectedException e) {
        next = job.next(e.rejected());
      } catch (ConnectionException e) {
        job.failed(e);
        next = null;
      }
    }
  }

  private ServerMessage.Answer answer(ClientMessage message) {
    if (message instanceof ClientMessage.Change wanted) {
      return change(wanted);
    }
    if (message instanceof ClientMessage.GetTicket get) {
      return details(get.ticket(), get.history(), get.cursor());
    }
    ask(message);
    AllTickets snapshot = found.apply(new TicketSelection(null, null, null));
    return message instanceof ClientMessage.GetTickets
        ? new ServerMessage.AllTickets(
            message.requestId(),
            snapshot.tickets(),
            snapshot.revision(),
            snapshot.journalId(),
            false,
            false,
            snapshot.total())
        : new ServerMessage.Pong(message.requestId(), snapshot.revision());
  }

  /** Answers requests about the server with this. */
  public ScriptedTicketService administering(Function<AdminMessage, Answer> answer) {
    admin = answer;
    return this;
  }

  @Override
  public <A extends Answer> A administer(Function<String, AdminMessage> request, Class<A> kind) {
    AdminMessage message = request.apply("1");
    ask(message);
    return kind.cast(admin.apply(message));
  }

  /** Measures nothing, and gives these figures. */
  public ScriptedTicketService measuring(Function<BenchPlan, Bench.Result> script) {
    measure = script;
    return this;
  }

  @Override
  public Bench.Result measure(BenchPlan plan, Bench.Listener listener) {
    ask(plan);
    return listener.goesOn(plan.duration()) ? measure.apply(plan) : null;
  }

  @Override
  public void watch(WatchTerms terms, WatchVisitor visitor) {
    ask(terms);
    watch.accept(visitor);
  }

  @Override
  public void close() {
    closed = true;
  }
}
