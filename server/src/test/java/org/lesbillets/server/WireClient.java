package org.lesbillets.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;

/** Speaks to a server with the JDK's WebSocket, which shares no code with ours. */
public final class WireClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private WireClient(URI uri, String token) {
    WebSocket.Builder builder =
        HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(PATIENCE);
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    this.socket = builder.buildAsync(uri, new Listener()).join();
  }

  public static WireClient connect(int port, String token) {
    return new WireClient(URI.create("ws://127.0.0.1:" + port + "/tickets"), token);
  }

  /** Connects to administer the server. */
  static WireClient administering(int port, String token) {
    return new WireClient(URI.create("ws://127.0.0.1:" + port + "/tickets?purpose=admin"), token);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      closed.complete(statusCode);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.complete(1006);
    }
  }

  public WireClient send(ClientMessage message) {
    return sendText(MessageCodec.encode(message));
  }

  public WireClient sendText(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** The next message as it came. */
  public String nextText() {
    try {
      String text = texts.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (text == null) {
        throw new AssertionError("nothing came");
      }
      return text;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next message. */
  public ServerMessage next() {
    try {
      return MessageCodec.decodeServerMessage(nextText());
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** The next message, or null when the connection ended and all that came was looked at. */
  public ServerMessage nextOrNull() {
    try {
      while (true) {
        boolean ended = closed.isDone();
        String text = texts.poll(ended ? 0 : 100, TimeUnit.MILLISECONDS);
        if (text != null) {
          return MessageCodec.decodeServerMessage(text);
        }
        if (ended) {
          return null;
        }
      }
    } catch (InterruptedException | WireFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** The next message, which must be of this kind. */
  public <M extends ServerMessage> M next(Class<M> type) {
    return type.cast(next());
  }

  /** All messages up to the first that {@code last} accepts, with it. */
  public List<ServerMessage> until(Predicate<ServerMessage> last) {
    List<ServerMessage> all = new ArrayList<>();
    do {
      all.add(next());
    } while (!last.test(all.get(all.size() - 1)));
    return all;
  }

  /** The answer to {@code requestId}; what comes before it is dropped. */
  public ServerMessage.Answer answer(String requestId) {
    List<ServerMessage> all =
        until(m -> m instanceof ServerMessage.Answer a && requestId.equals(a.requestId()));
    return (ServerMessage.Answer) all.get(all.size() - 1);
  }

  /** Sends a close frame. */
  public WireClient sendClose(int code, String reason) {
    socket.sendClose(code, reason).join();
    return this;
  }

  /** How many messages have come and were not looked at. */
  public int waiting() {
    return texts.size();
  }

  /** Reads nothing any more. */
  public int closeCode() {
    return closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
