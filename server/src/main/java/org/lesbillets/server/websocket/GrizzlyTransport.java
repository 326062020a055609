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
 * Writes finished frames to a Grizzly connection, past the WebSocket layer but through its queue,
 * so that they never land inside a pong or a close of that layer.
 *
 * @param <L> the connection's type of address
 */
final class GrizzlyTransport<L> implements SessionTransport {
  private final Connection<L> connection;
  private final Consumer<Connection<?>> leaving;
  private final String remote;

  /**
   * @param leaving takes connections that are to end when all has left
   */
  GrizzlyTransport(Connection<L> connection, Consumer<Connection<?>> leaving) {
    this.connection = connection;
    this.leaving = leaving;
    this.remote = String.valueOf(connection.getPeerAddress());
  }

  @Override
  public void write(ByteBuffer frames, WriteListener listener) {
    connection.write(Buffers.wrap(connection.getMemoryManager(), frames), new Handler<L>(listener));
  }

  /** Passes on what Grizzly says of a write, whose own type of result nobody needs. */
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

  /** Without linger 0 the kernel would keep what was not sent, and the peer hear nothing of it. */
  @Override
  public void cut() {
    try {
      if (((NIOConnection) connection).getChannel() instanceof SocketChannel channel) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // It is closed already, which is what was wanted.
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
