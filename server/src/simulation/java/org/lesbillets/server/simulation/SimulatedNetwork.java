package org.lesbillets.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.ClientConnection;
import org.lesbillets.server.session.ClientSession;
import org.lesbillets.server.session.RequestReceiver;
import org.lesbillets.server.session.SessionOrigin;
import org.lesbillets.server.websocket.Listener;
import org.lesbillets.server.websocket.WebSocketServer;

/**
 * The network between the clients and the server of the moment: delays, bounded buffers, cuts that
 * both sides see, and cuts that neither sees. One thread.
 */
final class SimulatedNetwork {
  private final Scheduler scheduler;
  private final List<SimulatedConnection> connections = new ArrayList<>();
  private Server server;
  private long begun;
  private Consumer<SimulatedConnection> onServerCut = connection -> {};

  /** The server that listens at the moment. */
  private static final class Server implements Listener {
    private final SimulatedProcess process;
    private final WebSocketServer.ServerDependencies dependencies;
    private boolean listening;

    Server(SimulatedProcess process, WebSocketServer.ServerDependencies dependencies) {
      this.process = process;
      this.dependencies = dependencies;
    }

    @Override
    public void start() {
      listening = true;
    }

    @Override
    public int port() {
      return 7420;
    }

    @Override
    public void stopAccepting() {
      listening = false;
    }

    @Override
    public void close() {
      listening = false;
    }
  }

  SimulatedNetwork(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Sets a callback for each connection that the server cuts. */
  void onServerCut(Consumer<SimulatedConnection> callback) {
    onServerCut = callback;
  }

  void serverCut(SimulatedConnection connection) {
    onServerCut.accept(connection);
  }

  /** What the server of the moment gave the network. */
  WebSocketServer.ServerDependencies dependencies() {
    return server.dependencies;
  }

  Listener listener(SimulatedProcess process, WebSocketServer.ServerDependencies dependencies) {
    server = new Server(process, dependencies);
    return server;
  }

  /** The connections that are open at either end. */
  List<SimulatedConnection> connections() {
    connections.removeIf(SimulatedConnection::isOver);
    return connections;
  }

  /** The server was killed: its kernel resets every connection, or the machine is gone. */
  void serverKilled(boolean silently) {
    server = null;
    for (SimulatedConnection connection : List.copyOf(connections())) {
      if (silently) {
        connection.goSilent();
      }
      connection.serverGone();
    }
  }

  /** Connects; the client is called back when that succeeds or fails. */
  SimulatedConnection connect(SimulatedClient client, AgentName agent, Role role, UUID id) {
    Server target = server;
    SimulatedProcess process = target == null ? null : target.process;
    SimulatedConnection connection = new SimulatedConnection(scheduler, this, client, process);
    begun++;
    SessionOrigin origin =
        new SessionOrigin(agent, role, () -> true).of(new ClientConnection(id, begun));
    long delay = scheduler.latency() + Scheduler.MILLI;
    scheduler.after(3 * Scheduler.SECOND + delay, () -> client.onConnectFailed(connection));
    if (target == null || !target.listening) {
      scheduler.after(delay, connection::refused);
    } else {
      process.ioAt(scheduler.nanos() + delay, () -> accept(target, connection, origin));
    }
    return connection;
  }

  private void accept(Server target, SimulatedConnection connection, SessionOrigin origin) {
    if (!target.listening) {
      scheduler.after(scheduler.latency(), connection::refused);
      return;
    }
    if (!connection.isOpenAtClient()) {
      return;
    }
    ClientSession session = target.dependencies.opener().apply(origin, connection);
    connections.add(connection);
    connection.accepted(session, new RequestReceiver(session, target.dependencies.desk()));
  }
}
