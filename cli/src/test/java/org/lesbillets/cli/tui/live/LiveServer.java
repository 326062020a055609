package org.lesbillets.cli.tui.live;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A server that obliges a live view over all its connections: answers the watch with an empty desk,
 * grants every lock and every renewal, and makes every change. Tests say what it does otherwise.
 */
final class LiveServer implements AutoCloseable {

  /** What a test wants done with a request; false to leave it to the obliging server. */
  interface Otherwise {
    boolean answers(ScriptedPeer peer, ClientMessage request)
        throws IOException, InterruptedException;
  }

  /** Everything that was asked for, in the order it came. */
  final List<ClientMessage> heard = new CopyOnWriteArrayList<>();

  private final AtomicLong revision = new AtomicLong(7);
  private final ScriptedServer server;

  /** Where everything is watched; null before. */
  private volatile ScriptedPeer watch;

  /** Where ticket 17 is watched, for its lease; null before. */
  private volatile ScriptedPeer lease;

  private volatile Otherwise otherwise = (peer, request) -> false;

  LiveServer() {
    server = ScriptedServer.start(this::serve);
  }

  LiveServer otherwise(Otherwise script) {
    otherwise = script;
    return this;
  }

  private void serve(ScriptedPeer peer) throws IOException, InterruptedException {
    peer.welcome(revision.get());
    while (true) {
      ClientMessage request = peer.read();
      heard.add(request);
      if (!otherwise.answers(peer, request)) {
        oblige(peer, request);
      }
    }
  }

  private void oblige(ScriptedPeer peer, ClientMessage request) throws IOException {
    if (request instanceof GetTickets list && list.query() == null) {
      peer.send(
          list.since() == null
              ? SampleMessages.all(request, revision.get(), false)
              : SampleMessages.resumed(list));
      watch = peer;
    } else if (request instanceof GetTickets) {
      Ticket locked = SampleMessages.locked(revision.get(), 9, Duration.ofSeconds(30));
      peer.send(SampleMessages.all(request, revision.get(), false, locked));
      lease = peer;
    } else if (request instanceof LockTicket lock) {
      peer.send(SampleMessages.granted(lock, lock.token() == null ? 9 : 10, false));
    } else {
      peer.send(SampleMessages.answer(request, revision.incrementAndGet()));
    }
  }

  /** A desk that takes all the time it needs to end in order. */
  RemoteAsyncTicketService patientDesk() {
    return new RemoteAsyncTicketService(server.settings(), Duration.ofSeconds(20));
  }

  ClientSettings settings() {
    return server.settings();
  }

  ClientSettings settings(Duration timeout) {
    return server.settings(timeout);
  }

  int connections() {
    return server.connections();
  }

  /** Tells whoever watches everything. */
  void push(EventMessage event) throws IOException {
    watch.send(event);
  }

  /** Tells the keeper of the lease. */
  void pushToLease(EventMessage event) throws IOException {
    lease.send(event);
  }

  boolean isWatched() {
    return watch != null;
  }

  boolean isLeased() {
    return lease != null;
  }

  /** Cuts the watch. */
  void cutWatch() throws IOException {
    ScriptedPeer peer = watch;
    watch = null;
    peer.cut();
  }

  /** What was asked for of this kind, in order. */
  <T extends ClientMessage> List<T> heard(Class<T> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
