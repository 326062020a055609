package org.lesbillets.server.websocket;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.Writer;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.lesbillets.server.session.SessionTransport;

/**
 * Writer of finished frames to a Grizzly connection. It bypasses the WebSocket layer but shares its
 * asynchronous write queue, so that frames never interleave with that layer's pongs and closes. The
 * drainer's thread writes; callbacks run on Grizzly's.
 */
final class GrizzlyTransport implements SessionTransport {
  private final NIOConnection connection;
  private final Consumer<Connection<?>> leaving;
  private final String remote;

  /** The queue itself, past the layers above it, of which TLS alone changes what is written. */
  private final Writer<SocketAddress> queue;

  /**
   * @param connection after its handshakes
   * @param leaving starts the timeout of a close
   */
  GrizzlyTransport(Connection<?> connection, Consumer<Connection<?>> leaving) {
    this.connection = (NIOConnection) connection;
    this.leaving = leaving;
    this.remote =
        connection instanceof UnixConnection
            ? connection.toString()
            : String.valueOf(connection.getPeerAddress());
    this.queue =
        SSLUtils.getSSLEngine(connection) == null
            ? ((TCPNIOTransport) connection.getTransport()).getAsyncQueueIO().getWriter()
            : null;
  }

  @Override
  public void write(ByteBuffer frames, WriteListener listener) {
    Buffer buffer = Buffers.wrap(connection.getMemoryManager(), frames);
    if (queue == null) {
      connection.write(buffer, new Handler<Buffer>(listener));
    } else {
      queue.write(connection, buffer, new Handler<WritableMessage>(listener));
    }
  }

  /** Adapter of Grizzly's completion callbacks. */
  private record Handler<M>(WriteListener listener)
      implements CompletionHandler<WriteResult<M, SocketAddress>> {

    @Override
    public void cancelled() {
      listener.failed();
    }

    @Override
    public void failed(Throwable cause) {
      listener.failed();
    }

    @Override
    public void completed(WriteResult<M, SocketAddress> result) {
      listener.completed();
    }

    @Override
    public void updated(WriteResult<M, SocketAddress> result) {
      listener.progressed();
    }
  }

  /** Linger 0 resets the connection: without it the kernel would keep sending what is buffered. */
  @Override
  public void cut() {
    try {
      if (connection.getChannel() instanceof SocketChannel channel) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // Already closed, which is the goal.
    }
    connection.terminateSilently();
  }

  @Override
  public void leave() {
    leaving.accept(connection);
  }

  @Override
  public String remote() {
    return remote;
  }
}
