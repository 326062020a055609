package org.lesbillets.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.bench.Bench;
import org.lesbillets.cli.client.bench.BenchPlan;
import org.lesbillets.cli.client.lock.KeptLease;
import org.lesbillets.cli.client.lock.Lease;
import org.lesbillets.cli.client.lock.LeaseKeeper;
import org.lesbillets.cli.client.lock.LeaseWatch;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.client.lock.LockWaiter;
import org.lesbillets.cli.client.lock.OnServerAway;
import org.lesbillets.cli.client.pipeline.Job;
import org.lesbillets.cli.client.pipeline.JobSink;
import org.lesbillets.cli.client.pipeline.JobSource;
import org.lesbillets.cli.client.pipeline.Pipeline;
import org.lesbillets.cli.client.pipeline.PipelineResult;
import org.lesbillets.cli.client.retry.ChangeSender;
import org.lesbillets.cli.client.retry.SharedConnection;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.client.watch.Watcher;
import org.lesbillets.cli.output.IdentityReport;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.wire.MessageCodec;

/**
 * The {@link TicketService} of a server. Confined to one thread; holds at most one connection,
 * opened lazily, and one more for each wait and each lease that is kept; of those that share a
 * connection, one for all of this.
 */
public final class RemoteTicketService implements TicketService {
  private final ClientSettings settings;

  /** Null unless the connection is shared. */
  private final LeaseWatch leases;

  /** Null unless this has made services that share it. */
  private SharedConnection shared;

  private ChangeSender sender;
  private boolean fresh;

  public RemoteTicketService(ClientSettings settings) {
    this(settings, null, null);
  }

  private RemoteTicketService(ClientSettings settings, LeaseWatch leases, ChangeSender sender) {
    this.settings = settings;
    this.leases = leases;
    this.sender = sender;
  }

  @Override
  public List<TicketService> sharing(int threads) {
    shared = new SharedConnection(settings);
    LeaseWatch watch = LeaseWatch.of(shared, threads);
    List<TicketService> services = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      services.add(new RemoteTicketService(settings, watch, new ChangeSender(shared.use())));
    }
    return services;
  }

  private ChangeSender sender() {
    if (sender == null) {
      sender = new ChangeSender(settings);
    }
    return sender;
  }

  @Override
  public AgentName me() {
    return welcome().agent();
  }

  @Override
  public Welcome welcome() {
    return sender().client().welcome();
  }

  @Override
  public IdentityReport identity() {
    TicketClient client = sender().client();
    Welcome welcome = client.welcome();
    return new IdentityReport(
        welcome.agent(), welcome.role(), client.server().toString(), client.knownBy());
  }

  @Override
  public AllTickets tickets(TicketSelection selection) {
    TicketClient client = sender().client();
    return client.tickets(selection.request(client.nextRequestId(), fresh));
  }

  @Override
  public void askFresh() {
    fresh = true;
  }

  @Override
  public <A extends ServerMessage.Answer> A administer(
      Function<String, AdminMessage> request, Class<A> kind) {
    TicketClient client = sender().client();
    ServerMessage.Answer answer = client.ask(request.apply(client.nextRequestId()));
    return ExpectedAnswer.of(client.server(), answer, kind);
  }

  @Override
  public List<TicketId> ids(TicketSelection selection) {
    List<TicketId> ids = new ArrayList<>();
    rows(
        selection,
        Projection.of(List.of()),
        rows -> rows.forEach(row -> ids.add(TicketId.of(row.text("id")))));
    return ids;
  }

  @Override
  public long count(TicketSelection selection) {
    TicketClient client = sender().client();
    return client.tickets(selection.counting(client.nextRequestId())).total();
  }

  @Override
  public long rows(
      TicketSelection selection, Projection projection, Consumer<List<ListedFields.Row>> rows) {
    TicketClient client = sender().client();
    return client
        .tickets(
            selection.request(client.nextRequestId(), fresh).telling(projection),
            part -> rows.accept(MessageCodec.projected(part, projection).rows().rows()))
        .total();
  }

  @Override
  public TicketDetails details(TicketRef ticket, boolean history, DetailsCursor cursor) {
    TicketClient client = sender().client();
    ServerMessage.Answer answer =
        client.ask(
            new ClientMessage.GetTicket(
                client.nextRequestId(), ticket, history, cursor, null, fresh));
    return ExpectedAnswer.of(client.server(), answer, TicketDetails.class);
  }

  @Override
  public EventMessage change(ClientMessage.Change change) {
    return sender().change(change);
  }

  @Override
  public EventMessage change(ClientMessage.Change change, Duration patience) {
    sender().client();
    return sender.change(change, patience);
  }

  @Override
  public EventMessage waitInLine(ClientMessage.WaitableChange wanted, LockWaitListener listener) {
    LockWaiter waiter =
        leases == null
            ? new LockWaiter(settings, wanted, listener)
            : new LockWaiter(leases, wanted, listener);
    listener.begun(waiter::cancel);
    return waiter.take();
  }

  @Override
  public KeptLease keep(Lease lease, OnServerAway onServerAway, LeaseKeeper.Listener listener) {
    return leases == null
        ? LeaseKeeper.start(settings, lease, onServerAway, listener)
        : LeaseKeeper.start(leases, lease, onServerAway, listener);
  }

  @Override
  public <J extends Job> PipelineResult perform(int jobs, JobSource<J> source, JobSink<J> sink) {
    return new Pipeline<>(settings, jobs, source, sink).run();
  }

  @Override
  public Bench.Result measure(BenchPlan plan, Bench.Listener listener) {
    return new Bench(settings, plan, listener).run();
  }

  @Override
  public void watch(WatchTerms terms, WatchVisitor visitor) {
    WatchListener listener = new WatchListener(visitor);
    Watcher watcher = new Watcher(settings.keepingAlive(), terms.query(), terms.start(), listener);
    listener.watcher = watcher;
    Timer timer = new Timer("end of the watch", true);
    try {
      if (terms.within() != null) {
        timer.schedule(stopping(watcher, visitor), terms.within().toMillis());
      }
      visitor.begun(watcher::stop);
      watcher.run();
    } finally {
      timer.cancel();
    }
  }

  private static TimerTask stopping(Watcher watcher, WatchVisitor visitor) {
    return new TimerTask() {
      @Override
      public void run() {
        visitor.timeIsOver();
        watcher.stop();
      }
    };
  }

  /** Stops the watch when its visitor has enough, and drops events that arrive afterwards. */
  private static final class WatchListener implements Watcher.Listener {
    private final WatchVisitor visitor;
    private Watcher watcher;
    private boolean enough;

    WatchListener(WatchVisitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public void onEvent(EventMessage event) {
      if (!enough && !visitor.event(event)) {
        stop();
      }
    }

    private void stop() {
      enough = true;
      watcher.stop();
    }

    @Override
    public void onPart(SnapshotPart part) {
      if (!enough && !visitor.part(part)) {
        stop();
      }
    }

    @Override
    public void onPosition(ResumePoint at) {
      if (!enough) {
        visitor.position(at);
      }
    }

    @Override
    public void onMatch(ServerMessage.TicketMatch match) {
      if (!enough && !visitor.match(match)) {
        stop();
      }
    }

    @Override
    public void onCaughtUp() {
      if (!enough) {
        visitor.caughtUp();
      }
    }

    @Override
    public void onState(ConnectionState state) {
      visitor.state(state);
    }
  }

  @Override
  public void close() {
    if (sender != null) {
      sender.close();
    }
    if (shared != null) {
      shared.close();
    }
  }
}
