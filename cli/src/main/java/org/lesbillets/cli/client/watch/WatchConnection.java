package org.lesbillets.cli.client.watch;

import java.time.Duration;
import org.lesbillets.cli.client.AnswerFailures;
import org.lesbillets.cli.client.AnswerListener;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TaskQueue;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.cli.client.watch.EventChain.Applied;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Draining;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Position;
import org.lesbillets.model.message.ServerMessage.Push;
import org.lesbillets.model.message.ServerMessage.PushVisitor;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.Resumed;
import org.lesbillets.model.message.ServerMessage.TicketMatch;
import org.lesbillets.model.message.ServerMessage.Welcome;

/**
 * One connection of a watch, from the handshake to its end. The I/O thread puts answers and pushes
 * into a bounded queue, the watching thread takes them; only {@link #close} may be called from any
 * thread.
 */
final class WatchConnection implements PushListener, AutoCloseable {
  /** How often the watching thread checks whether an answer is overdue. */
  private static final Duration CHECK = Duration.ofSeconds(1);

  private final ClientSettings settings;
  private final WatchProgress progress;
  private final Watcher.Listener listener;
  private final ReconnectingConnection connection;
  private final TaskQueue tasks = new TaskQueue();
  private volatile TicketClient client;
  private volatile boolean closed;

  /** Counts the requests: pushes before the answer to the latest one belong to no watch. */
  private int round;

  private boolean asking;
  private boolean live;

  /** Where a gap was found before; a second one at the same place takes a snapshot. */
  private ResumePoint gapAt;

  private String end;

  /**
   * @param connection opened here; its backoff starts over when the watch is live
   */
  WatchConnection(
      ClientSettings settings,
      WatchProgress progress,
      Watcher.Listener listener,
      ReconnectingConnection connection) {
    this.settings = settings;
    this.progress = progress;
    this.listener = listener;
    this.connection = connection;
  }

  /**
   * Watches until the connection ends or is closed.
   *
   * @return why it ended, as a sentence
   * @throws ConnectionException if it could not be opened, or of kind PROTOCOL
   * @throws RejectedException if the server refuses the watch for good
   */
  String watch() throws InterruptedException {
    Duration patience = patience();
    client = connection.open(patience, this);
    Welcome welcome = client.welcome(patience);
    listener.onWelcome(client.server(), welcome);
    ask(progress.since(welcome));
    while (end == null && !closed) {
      tasks.take(CHECK).run();
      if (tasks.isEmpty()) {
        listener.onCaughtUp();
      }
      if (isOverdue()) {
        return AnswerFailures.noAnswer(client.server(), settings.timeout()).getMessage();
      }
    }
    return end;
  }

  /** Whether an answer is owed by the server, and not just delayed by our own listener. */
  private boolean isOverdue() {
    return asking
        && tasks.isEmpty()
        && client.idle().ofMessages().compareTo(settings.timeout()) > 0;
  }

  /** The first attempt gets all the time there is: no other may follow it. */
  private Duration patience() {
    boolean first = progress.point() == null && connection.failures() == 0;
    return first ? settings.timeout() : connection.patience();
  }

  private void ask(ResumePoint since) {
    round++;
    asking = true;
    int asked = round;
    client.send(progress.request(client.nextRequestId(), since), new Answers(asked));
  }

  /** Hands the answer to one request over to the watching thread, lists part by part. */
  private final class Answers implements AnswerListener {
    private final int asked;

    Answers(int asked) {
      this.asked = asked;
    }

    @Override
    public void onPart(AllTickets part) {
      tasks.put(() -> take(part, false));
    }

    @Override
    public void onAnswer(Answer answer) {
      tasks.put(() -> take(answer, true));
    }

    private void take(Answer answer, boolean last) {
      if (asked == round) {
        asking = !last;
        answered(answer);
      }
    }

    @Override
    public void onFailure(ConnectionException failure) {
      // The end of the connection is reported as such.
    }
  }

  private void live() {
    connection.works();
    listener.onPosition(progress.point());
    if (!live) {
      live = true;
      listener.onState(new ConnectionState.Live(client.server()));
    }
  }

  private void answered(Answer answer) {
    if (answer instanceof AllTickets all) {
      SnapshotPart part = progress.part(all);
      listener.onPart(part);
      if (part.last()) {
        live();
      }
    } else if (answer instanceof Rejected rejected && rejected.code().isOutage()) {
      end = rejected.message();
    } else {
      progress.resumed(ExpectedAnswer.of(client.server(), answer, Resumed.class));
      live();
    }
  }

  @Override
  public void onPush(Push message) {
    tasks.put(() -> pushed(message));
  }

  private void pushed(Push message) {
    if (!asking) {
      message.accept(new Pushes());
    }
  }

  /** The steps of the watch, push by push. */
  private final class Pushes implements PushVisitor {
    @Override
    public void onEvent(EventMessage event) {
      Applied applied = progress.step(event.event());
      switch (applied) {
        case APPLIED -> listener.onEvent(event);
        case DUPLICATE -> {}
        case GAP -> fillGap();
      }
    }

    @Override
    public void onPosition(Position position) {
      progress.position(position);
      if (progress.point() != null) {
        listener.onPosition(progress.point());
      }
    }

    @Override
    public void onMatch(TicketMatch match) {
      if (progress.told(match)) {
        listener.onMatch(match);
      }
    }

    @Override
    public void onDraining(Draining message) {
      if (settings.servers().size() > 1 && !message.cancelled()) {
        end = "the server " + client.server() + " is drained";
      } else {
        listener.onState(
            new ConnectionState.Draining(client.server(), message.after(), message.cancelled()));
      }
    }
  }

  private void fillGap() {
    ResumePoint point = progress.point();
    boolean again = point.isBehindEventOf(gapAt);
    gapAt = point;
    ask(again ? null : point);
  }

  @Override
  public void onClosed(CloseNotice notice) {
    tasks.putLast(() -> ended(notice));
  }

  private void ended(CloseNotice notice) {
    ConnectionException failure = client.failure();
    if (!failure.kind().isTransient()) {
      throw failure;
    }
    end =
        "the connection to "
            + client.server()
            + " ended ("
            + AnswerFailures.closeReason(notice)
            + ")";
  }

  @Override
  public void close() {
    closed = true;
    tasks.close();
    TicketClient open = client;
    if (open != null) {
      open.close();
    }
  }
}
