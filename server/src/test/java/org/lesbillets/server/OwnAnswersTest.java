package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.server.session.Frame;

/** No client is cut by the answers to what it asked within the limits. */
class OwnAnswersTest {
  private static final int IN_FLIGHT = 256;
  private static final String LARGE = "x".repeat(64 * 1024);
  private static final String NEWLINES = "\n".repeat(64 * 1024);

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inMemory();
    try (WireClient client = server.join("alice")) {
      client.send(Samples.create("large", "Large"));
      client.answer("large");
      client.send(
          new ClientMessage.UpdateTicket(
                  TicketRef.of(1), TicketPatch.of(TicketField.DESCRIPTION, LARGE), null)
              .identified("describe", null));
      client.answer("describe");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Requests whose answers are large, each for another reason. */
  enum Large {
    CREATE(i -> describe("c" + i, LARGE.substring(4_096))),
    CREATE_WITH_ESCAPES(i -> describe("c" + i, NEWLINES)),
    COMMENT(i -> MessageCodec.encode(Samples.comment("c" + i, 1, LARGE))),
    UPDATE(i -> MessageCodec.encode(Samples.retitle("c" + i, 1, "Title " + i))),
    DETAILS(i -> "{\"type\":\"GetTicket\",\"requestId\":\"c" + i + "\",\"ticket\":1}");

    private final IntFunction<String> request;

    Large(IntFunction<String> request) {
      this.request = request;
    }

    private static String describe(String requestId, String description) {
      return ("{\"type\":\"CreateTicket\",\"requestId\":\"%s\","
              + "\"ticket\":{\"title\":\"t\",\"description\":\"%s\"}}")
          .formatted(requestId, description.replace("\n", "\\n"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoReadsGetsAllOfThem(Large kind) {
    try (WireClient client = server.join("alice")) {
      for (int i = 0; i < IN_FLIGHT; i++) {
        client.sendText(kind.request.apply(i));
      }
      assertAnswered(client);
    }
  }

  private static void assertAnswered(WireClient client) {
    Set<String> answered = new HashSet<>();
    while (answered.size() < IN_FLIGHT) {
      if (client.next() instanceof ServerMessage.Answer answer && answer.requestId() != null) {
        boolean refused = answer instanceof ServerMessage.Rejected;
        assertFalse(refused, answer::toString);
        answered.add(answer.requestId());
      }
    }
  }

  @Test
  void whoWatchesGetsAllOfThemToo() {
    try (WireClient all = server.join("alice");
        WireClient some = server.join("alice")) {
      all.send(Samples.watch("w", null));
      some.send(Samples.watch("w", "tag:none"));
      for (WireClient client : List.of(all, some)) {
        assertInstanceOf(ServerMessage.AllTickets.class, client.answer("w"));
        for (int i = 0; i < IN_FLIGHT; i++) {
          client.sendText(Large.CREATE.request.apply(i));
        }
        assertAnswered(client);
      }
    }
  }

  /** A simple script sends all it has, and looks at the answers then. */
  @Test
  void whoSendsAllBeforeItReadsGetsAllOfThem() throws IOException {
    try (RawClient client = RawClient.upgraded(server.port(), 0)) {
      for (int i = 0; i < IN_FLIGHT; i++) {
        client.sendText(Large.CREATE.request.apply(i));
      }
      int answers = 0;
      while (answers < IN_FLIGHT) {
        Frame frame = client.next();
        assertNotNull(frame, "cut after " + answers + " answers");
        String text = new String(frame.payload(), StandardCharsets.UTF_8);
        answers += text.startsWith("{\"type\":\"TicketCreated\"") ? 1 : 0;
      }
    }
  }
}
