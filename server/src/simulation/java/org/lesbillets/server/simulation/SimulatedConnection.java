package org.lesbillets.server.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.lesbillets.server.session.ClientSession;
import org.lesbillets.server.session.RequestReceiver;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.session.SessionTransport;

/**
 * One TCP connection, with a bounded buffer towards the client. The server's end is the transport
 * of a session; the client's end is called back with bytes. One thread.
 *
 * <pre>
 *   OPEN --- cut, reset, close, by either side ---> OVER
 *     |                                              ^
 *     +--- goSilent: no byte passes any more --------+  when each side gives up by itself
 * </pre>
 */
final class SimulatedConnection implements SessionTransport {
  private final Scheduler scheduler;
  private final SimulatedNetwork network;
  private final SimulatedClient client;
  private final SimulatedProcess process;
  private final long capacity;
  private final Deque<byte[]> inTransit = new ArrayDeque<>();
  private final Deque<Runnable> toServer = new ArrayDeque<>();
  private long inTransitBytes;
  private ClientSession session;
  private RequestReceiver receiver;
  private ByteBuffer pending;
  private WriteListener listener;
  private boolean inCall;
  private boolean serverOver;
  private boolean clientOver;
  private boolean silent;
  private boolean reading = true;
  private long lastReadAt;
  private boolean deliveryScheduled;
  private boolean leaving;
  private boolean established;
  private boolean disturbed;
  private long arrivesNext;
  private int arrived;
  private boolean suspended;

  SimulatedConnection(
      Scheduler scheduler,
      SimulatedNetwork network,
      SimulatedClient client,
      SimulatedProcess process) {
    this.scheduler = scheduler;
    this.network = network;
    this.client = client;
    this.process = process;
    this.capacity = 2_048 << scheduler.random().nextInt(7);
  }

  void accepted(ClientSession opened, RequestReceiver receives) {
    session = opened;
    receiver = receives;
    scheduler.after(scheduler.latency(), this::established);
  }

  private void established() {
    if (!clientOver && !silent) {
      established = true;
      client.onConnected(this);
      scheduleDelivery();
    }
  }

  void refused() {
    serverOver = true;
    client.onConnectFailed(this);
  }

  SimulatedClient client() {
    return client;
  }

  SimulatedProcess process() {
    return process;
  }

  /** Whether neither end knows of it any more. */
  boolean isOver() {
    return serverOver && clientOver;
  }

  boolean isServerOver() {
    return serverOver;
  }

  boolean isOpenAtClient() {
    return !clientOver;
  }

  /** Whether bytes pass, and the client reads, and both always did. */
  boolean isUndisturbed() {
    return !disturbed;
  }

  /** No byte passes any more, in either direction, and nobody is told. */
  void goSilent() {
    silent = true;
    disturbed = true;
  }

  /** The client's program reads, or not. */
  void reading(boolean reads) {
    reading = reads;
    disturbed |= !reads;
    lastReadAt = reads ? scheduler.nanos() : lastReadAt;
    if (reads) {
      scheduleDelivery();
    }
  }

  /** Whether the client read again at some time after {@code since}. */
  boolean wasReadingSince(long since) {
    return lastReadAt > since;
  }

  boolean isReading() {
    return reading && !silent;
  }

  // The server's end.

  @Override
  public void write(ByteBuffer frames, WriteListener writeListener) {
    if (pending != null) {
      throw new BrokenInvariantException("two writes at a time to " + client.name());
    }
    if (serverOver) {
      throw new BrokenInvariantException("a write to " + client.name() + " after its end");
    }
    pending = frames;
    listener = writeListener;
    if (scheduler.isTraced()) {
      scheduler.trace(
          "to "
              + client.name()
              + " "
              + frames.remaining()
              + " bytes, "
              + inTransitBytes
              + " of "
              + capacity
              + " buffered");
    }
    inCall = scheduler.random().nextBoolean();
    move();
    inCall = false;
  }

  /** Moves bytes of the write into the buffer, as far as there is room. */
  private void move() {
    if (pending == null || serverOver) {
      return;
    }
    int length = (int) Math.min(pending.remaining(), capacity - inTransitBytes);
    if (length > 0) {
      byte[] some = new byte[length];
      pending.get(some);
      inTransit.add(some);
      inTransitBytes += length;
      scheduleDelivery();
    }
    if (!pending.hasRemaining()) {
      complete();
    } else if (length > 0) {
      listener.progressed();
    }
  }

  private void complete() {
    WriteListener done = listener;
    pending = null;
    listener = null;
    if (inCall) {
      done.completed();
    } else {
      process.io(done::completed);
    }
  }

  @Override
  public void cut() {
    if (!serverOver) {
      network.serverCut(this);
      dropServerEnd();
      tellClient();
    }
  }

  private void dropServerEnd() {
    serverOver = true;
    inTransit.clear();
    inTransitBytes = 0;
    if (pending != null) {
      WriteListener failed = listener;
      pending = null;
      listener = null;
      process.io(failed::failed);
    }
  }

  private void tellClient() {
    if (!silent) {
      scheduler.after(scheduler.latency(), this::clientSeesEnd);
    }
  }

  private void clientSeesEnd() {
    if (!clientOver) {
      clientOver = true;
      client.onClosed(this);
    }
  }

  @Override
  public void leave() {
    if (!serverOver) {
      serverOver = true;
      leaving = true;
      if (inTransit.isEmpty()) {
        tellClient();
      }
    }
  }

  @Override
  public String remote() {
    return client.name();
  }

  /** The server's process is gone, and its kernel says so. */
  void serverGone() {
    disturbed = true;
    serverOver = true;
    pending = null;
    inTransit.clear();
    tellClient();
  }

  // The client's end.

  private void scheduleDelivery() {
    if (!deliveryScheduled && !inTransit.isEmpty()) {
      deliveryScheduled = true;
      scheduler.after(scheduler.latency(), this::deliver);
    }
  }

  private void deliver() {
    deliveryScheduled = false;
    if (clientOver || silent || !reading || !established || inTransit.isEmpty()) {
      return;
    }
    byte[] bytes = inTransit.poll();
    inTransitBytes -= bytes.length;
    client.onBytes(this, bytes);
    scheduleDelivery();
    if (inTransit.isEmpty() && leaving) {
      tellClient();
    }
    process.io(this::move);
  }

  /**
   * Sends a message, in order.
   *
   * @param onArrival run when the server's process has read it
   */
  void send(String message, Runnable onArrival) {
    toServer(
        () -> {
          session.arrived();
          onArrival.run();
          receiver.receive(message);
        });
  }

  /** Sends a pong or a ping. */
  void sendControl(boolean ping) {
    toServer(
        () -> {
          session.arrived();
          if (ping) {
            scheduler.after(scheduler.latency(), this::pong);
          }
        });
  }

  private void pong() {
    if (isReading() && !clientOver) {
      client.onPong(this);
    }
  }

  /** In order, also when the process is paused meanwhile: each arrival takes the oldest. */
  private void toServer(Runnable arrival) {
    if (clientOver || silent) {
      return;
    }
    toServer.add(arrival);
    arrivesNext = Math.max(arrivesNext + 1, scheduler.nanos() + scheduler.latency());
    process.ioAt(arrivesNext, this::arrive);
  }

  private void arrive() {
    arrived++;
    read();
  }

  /** Reads what has arrived, unless the session has no room for answers. */
  private void read() {
    while (arrived > 0 && !suspended) {
      if (!session.gate().isReadable()) {
        suspended = true;
        session.gate().suspend(() -> process.io(this::readAgain));
        return;
      }
      arrived--;
      Runnable arrival = toServer.poll();
      if (!serverOver && !silent) {
        arrival.run();
      }
    }
  }

  private void readAgain() {
    suspended = false;
    read();
  }

  /** The client closes in order, or its program dies. */
  void closeByClient(boolean orderly) {
    if (clientOver) {
      return;
    }
    if (session != null && !silent) {
      toServer(() -> serverSeesEnd(orderly));
    }
    clientOver = true;
  }

  private void serverSeesEnd(boolean orderly) {
    if (!serverOver) {
      if (orderly) {
        session.leave(SessionEnd.CLOSED);
      } else {
        session.end(SessionEnd.CONNECTION_FAILED);
      }
    }
  }

  /** A router resets the connection: both ends learn of it. */
  void reset() {
    disturbed = true;
    if (!silent) {
      toServer(() -> serverSeesEnd(false));
      scheduler.after(scheduler.latency(), this::clientSeesEnd);
    }
  }
}
