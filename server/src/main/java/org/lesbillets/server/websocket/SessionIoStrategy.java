package org.lesbillets.server.websocket;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/**
 * Choice of the thread that reads. A few requests of a session are read by the selector's own
 * thread, which need not stop and start watching the connection for them. What takes longer is read
 * by a worker: handshakes, whatever TLS computes, messages that are not whole in {@link
 * #READ_BYTES}, and what follows when these were many messages.
 *
 * <p>Any thread; no state. An event ends with the strategy it began with. A selector is held for
 * some 0.1 ms by requests, and for 4 ms at most, by 680 pings that come alone once.
 */
@SuppressWarnings("rawtypes") // as the interface has it
final class SessionIoStrategy implements IOStrategy {
  /** Most that is read of a session at a time, so that others have their turn. */
  static final int READ_BYTES = 4 * 1024;

  private final Predicate<Connection<?>> isBrief;
  private final IOStrategy here = SameThreadIOStrategy.getInstance();
  private final IOStrategy worker = WorkerThreadIOStrategy.getInstance();

  /**
   * @param isBrief whether few small messages of a session come next; asked on the selector's
   *     thread
   */
  SessionIoStrategy(Predicate<Connection<?>> isBrief) {
    this.isBrief = isBrief;
  }

  private IOStrategy of(Connection<?> connection) {
    boolean brief = isBrief.test(connection) && SSLUtils.getSSLEngine(connection) == null;
    return brief ? here : worker;
  }

  @Override
  public boolean executeIoEvent(Connection connection, IOEvent event) throws IOException {
    return of(connection).executeIoEvent(connection, event);
  }

  @Override
  public boolean executeIoEvent(Connection connection, IOEvent event, boolean enabled)
      throws IOException {
    return of(connection).executeIoEvent(connection, event, enabled);
  }

  @Override
  public Executor getThreadPoolFor(Connection connection, IOEvent event) {
    return of(connection).getThreadPoolFor(connection, event);
  }

  @Override
  public ThreadPoolConfig createDefaultWorkerPoolConfig(Transport transport) {
    return worker.createDefaultWorkerPoolConfig(transport);
  }
}
