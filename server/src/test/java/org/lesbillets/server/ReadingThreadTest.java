package org.lesbillets.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/** Which of the edge's threads reads what: that which looks at the clock as it does. */
class ReadingThreadTest {
  private static final String WORKER = "Grizzly-worker";
  private static final String SELECTOR = "grizzly-nio-kernel";
  private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
  private static final int PINGS = 2_000;

  private final Set<String> looked = ConcurrentHashMap.newKeySet();
  private final TimeSource time =
      new TimeSource() {
        private final TimeSource real = World.system().time();

        @Override
        public Instant now() {
          return real.now();
        }

        @Override
        public long nanos() {
          looked.add(Thread.currentThread().getName());
          return real.nanos();
        }
      };

  private boolean looked(String threads) {
    return looked.stream().anyMatch(name -> name.startsWith(threads));
  }

  @Test
  void aSelectorReadsRequestsAndAWorkerWhatTakesLonger() throws IOException {
    try (TestServer server = TestServer.in(World.system(time));
        WireClient client = server.join("alice")) {
      assertTrue(looked(WORKER), () -> "the handshake was read by " + looked);
      client.send(Samples.create("1", "a ticket")).answer("1");

      looked.clear();
      client.send(Samples.comment("2", 1, "short")).answer("2");
      assertTrue(looked(SELECTOR) && !looked(WORKER), () -> "a request was read by " + looked);

      looked.clear();
      client.send(Samples.comment("3", 1, "long ".repeat(10_000))).answer("3");
      assertTrue(looked(WORKER), () -> "a large request was read by " + looked);

      looked.clear();
      client.send(Samples.comment("4", 1, "short")).answer("4");
      assertFalse(looked(WORKER), () -> "a request after a large one was read by " + looked);
    }
  }

  @Test
  void aWorkerReadsOnWhenThereAreManyRequests() throws IOException {
    try (TestServer server = TestServer.in(World.system(time));
        RawClient client = RawClient.upgraded(server.port(), 0)) {
      client.sendText("{\"type\":\"Ping\",\"requestId\":\"first\"}");
      await().until(() -> new String(client.next().payload(), UTF_8).contains("first"));
      looked.clear();
      ByteBuffer flood = ByteBuffer.allocate(PINGS * PING.length);
      while (flood.hasRemaining()) {
        flood.put(PING);
      }
      client.raw(flood.array(), flood.capacity());
      await().until(() -> looked(WORKER));
    }
  }
}
