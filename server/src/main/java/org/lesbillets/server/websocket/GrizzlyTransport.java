package org.lesbillets.server.websocket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.lesbillets.server.session.SessionTransport;

/**
 * Writer of finished frames to a Grizzly connection. It bypasses the WebSocket layer but shares its
 * asynchronous write queue, so that frames never interleave with that layer's pongs and closes. The
 * drainer's thread writes; callbacks run on Grizzly's.
 *
 * @param <L> the connection's type of address
 */
final class GrizzlyTransport<L> implements SessionTransport {
  private final Connection<L> connection;
  private final Consumer<Connection<?>> leaving;
  private final String remote;

  /**
   * @param leaving starts the timeout of a close
   */
  GrizzlyTransport(Connection<L> connection, Consumer<Connection<?>> leaving) {
    this.connection = connection;
    this.leaving = leaving;
    this.remote =
        connection instanceof UnixConnection
            ? connection.toString()
            : String.valueOf(connection.getPeerAddress());
  }

  @Override
  public void write(ByteBuffer frames, WriteListener listener) {
    connection.write(Buffers.wrap(connection.getMemoryManager(), frames), new Handler<L>(listener));
  }

  /** Adapter of Grizzly's completion callbacks. */
  private static final class Handler<L> implements CompletionHandler<WriteResult<Buffer, L>> {
    private final WriteListener listener;

    Handler(WriteListener listener) {
      this.listener = listener;
    }

    @Override
    public void cancelled() {
      listener.failed();
    }

    @Override
    public void failed(Throwable cause) {
      listener.failed();
    }

    @Override
    public void completed(WriteResult<Buffer, L> result) {
      listener.completed();
    }

    @Override
    public void updated(WriteResult<Buffer, L> result) {
      listener.progressed();
    }
  }

  /** Linger 0 resets the connection: without it the kernel would keep sending what is buffered. */
  @Override
  public void cut() {
    try {
      if (((NIOConnection) connection).getChannel() instanceof SocketChannel channel) {
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
