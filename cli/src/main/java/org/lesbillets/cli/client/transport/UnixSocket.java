package org.lesbillets.cli.client.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;

/**
 * A blocking Unix domain socket with streams. One thread may read while another writes: the streams
 * of {@code java.nio.channels.Channels} exclude one another in Java 17. Closing it, from any
 * thread, ends both.
 */
final class UnixSocket implements Closeable {
  private final SocketChannel channel;

  UnixSocket() throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /**
   * Connects to a socket whose listener is trusted.
   *
   * @throws ListenerRefusedException if the listener's user is not trusted
   * @throws NoSuchFileException if there is no such file
   * @throws AccessDeniedException if this user may not connect to it
   * @throws ConnectException if no process listens on it
   */
  void connect(String path, ConnectionSecurity security) throws IOException {
    Path file = Path.of(path);
    try {
      channel.connect(UnixDomainSocketAddress.of(file));
    } catch (ConnectException e) {
      throw e;
    } catch (IOException e) {
      // The error number is lost in a message, which depends on the locale.
      throw Files.notExists(file)
          ? new NoSuchFileException(path)
          : Files.isWritable(file) ? e : new AccessDeniedException(path);
    }
    ListenerGuard.check(
        file, channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user(), security);
  }

  /**
   * What arrives.
   *
   * @param alive is called after each read and write that moved bytes
   */
  InputStream input(WebSocketConnection.Listener alive) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
        alive.onBytes();
        return count;
      }
    };
  }

  /** What is sent; as {@link #input}. */
  OutputStream output(WebSocketConnection.Listener alive) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        while (left.hasRemaining()) {
          channel.write(left);
          alive.onBytes();
        }
      }
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
