package org.lesbillets.cli.client.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.RequestChannel;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Retries, on a clock that moves only when somebody sleeps or waits. */
final class RetryingCallTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final UUID OPERATION = new UUID(1, 2);

  /**
   * What the attempts meet, one word each ("-" before a word: it happens while connecting; the last
   * word goes on for ever), and what comes out.
   */
  @ParameterizedTest
  @CsvSource({
    "ok,                                  EVENT",
    "BUSY ok,                             EVENT",
    "BUSY BUSY BUSY ok,                   EVENT",
    "UNCERTAIN ok,                        EVENT",
    "lost ok,                             EVENT",
    "timeout ok,                          EVENT",
    "-unreachable ok,                     EVENT",
    "lost -unreachable BUSY UNCERTAIN ok, EVENT",
    "BUSY,                                BUSY",
    "READ_ONLY,                           READ_ONLY",
    "UNCERTAIN,                           UNCERTAIN",
    "lost,                                kind TIMEOUT",
    "timeout,                             kind TIMEOUT",
    "-unreachable,                        kind UNREACHABLE",
    "BUSY -unreachable,                   kind UNREACHABLE",
    "-unreachable BUSY,                   BUSY",
    "lost -unreachable,                   kind TIMEOUT",
    "lost BUSY,                           kind TIMEOUT",
    "UNCERTAIN -unreachable,              UNCERTAIN",
    "UNCERTAIN lost,                      kind TIMEOUT",
    "lost UNCERTAIN,                      UNCERTAIN",
    "lost LOCKED,                         LOCKED",
    "-unauthorized,                       kind UNAUTHORIZED",
    "-forbidden,                          kind FORBIDDEN",
    "-protocol,                           kind PROTOCOL",
    "BUSY -unauthorized,                  kind UNAUTHORIZED",
    "pong,                                kind PROTOCOL",
  })
  void retriesUntilTheOutcomeIsCertain(String script, String outcome) {
    World world = new World(script);
    assertEquals(outcome, world.outcome(SampleMessages.update(OPERATION)));
    assertEquals(Set.of(OPERATION), world.operations());
    assertTrue(world.now <= TIMEOUT.toNanos(), "took " + Duration.ofNanos(world.now));
  }

  @ParameterizedTest
  @EnumSource(RejectionCode.class)
  void onlyBusyAndUncertainAreTriedAgain(RejectionCode code) {
    World world = new World(code.name());
    assertEquals(code.name(), world.outcome(SampleMessages.update(OPERATION)));
    boolean again = code == RejectionCode.BUSY || code == RejectionCode.UNCERTAIN;
    assertEquals(again, world.sent.size() > 1, world.sent.size() + " attempts");
  }

  /** The server goes on by itself; asked again, it would rewrite its file once more. */
  @ParameterizedTest
  @CsvSource({"UNCERTAIN ok,UNCERTAIN,1", "BUSY lost ok,EVENT,3", "lost UNCERTAIN,UNCERTAIN,2"})
  void aRedactionThatIsNotFinishedIsNotAskedForAgain(String script, String outcome, int attempts) {
    World world = new World(script);
    Redaction title = Redaction.ofField(TicketField.TITLE);
    assertEquals(
        outcome,
        world.outcome(
            new ClientMessage.RedactTicket("r", OPERATION, TicketRef.of(1), title, null)));
    assertEquals(attempts, world.sent.size());
  }

  @Test
  void givesAnOperationIdOfItsOwnAndKeepsIt() {
    World world = new World("lost UNCERTAIN BUSY ok");
    assertEquals("EVENT", world.outcome(SampleMessages.update(null)));
    assertEquals(4, world.sent.size());
    assertEquals(1, world.operations().size());
    assertNotNull(world.operations().iterator().next());
  }

  @Test
  void everyAttemptHasARequestIdOfItsOwn() {
    World world = new World("BUSY BUSY lost ok");
    world.outcome(SampleMessages.update(OPERATION));
    assertEquals(
        4, new HashSet<>(world.sent.stream().map(ClientMessage::requestId).toList()).size());
  }

  @ParameterizedTest
  @CsvSource({"BUSY ok,0", "lost ok,1", "timeout ok,1", "UNCERTAIN ok,1", "-unreachable ok,0"})
  void leavesAConnectionThatFailed(String script, int drops) {
    World world = new World(script);
    assertEquals("EVENT", world.outcome(SampleMessages.update(OPERATION)));
    assertEquals(drops, world.drops);
  }

  @Test
  void asksAgainSeveralTimesBeforeItGivesUp() {
    World world = new World("timeout");
    world.outcome(SampleMessages.update(OPERATION));
    assertTrue(world.sent.size() >= 3, world.sent.size() + " attempts");
    assertTrue(world.sent.size() < 30, world.sent.size() + " attempts");
  }

  @Test
  void neverHammers() {
    World world = new World("BUSY");
    world.outcome(SampleMessages.update(OPERATION));
    assertTrue(world.sent.size() < 60, world.sent.size() + " attempts");
  }

  @Test
  void waitsAsLongAsABusyServerAsks() {
    World world = new World("BUSY BUSY:3000 ok");
    assertEquals("EVENT", world.outcome(SampleMessages.update(OPERATION)));
    assertTrue(world.now >= Duration.ofSeconds(3).toNanos(), "took " + world.now);
    assertTrue(world.now < Duration.ofSeconds(4).toNanos(), "took " + world.now);
  }

  @Test
  void whatABusyServerAsksEndsWithTheTimeOfTheCall() {
    World world = new World("BUSY:3600000");
    assertEquals("BUSY", world.outcome(SampleMessages.update(OPERATION)));
    assertTrue(world.now <= TIMEOUT.toNanos(), "took " + world.now);
  }

  @Test
  void theSentenceNamesTheOperation() {
    World world = new World("lost");
    ConnectionException e = assertInstanceOf(ConnectionException.class, world.failure());
    assertTrue(e.getMessage().contains(OPERATION.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("10 s"), e.getMessage());
  }

  @Test
  void anInterruptEndsIt() {
    World world = new World("lost");
    Thread.currentThread().interrupt();
    ConnectionException e = assertInstanceOf(ConnectionException.class, world.failure());
    assertTrue(Thread.interrupted());
    assertEquals(Kind.TIMEOUT, e.kind());
    assertEquals(1, world.sent.size());
  }

  /** A server, a network and a clock that follow a script. */
  private static final class World implements RetryingCall.Connection, RequestChannel, Sleeper {
    private final List<String> script;
    private final List<Change> sent = new ArrayList<>();
    private long now;
    private int step;
    private int requestIds;
    private int drops;
    private boolean open;

    World(String script) {
      this.script = List.of(script.split(" "));
    }

    String outcome(Change change) {
      try {
        EventMessage event = make(change);
        assertEquals(Integer.toString(requestIds), event.requestId());
        return "EVENT";
      } catch (RejectedException e) {
        return e.code().name();
      } catch (ConnectionException e) {
        assertFalse(e.getMessage().isBlank());
        return "kind " + e.kind();
      }
    }

    RuntimeException failure() {
      try {
        make(SampleMessages.update(OPERATION));
        return fail("nothing went wrong");
      } catch (ConnectionException | RejectedException e) {
        return e;
      }
    }

    private EventMessage make(Change change) {
      return new RetryingCall(this, TIMEOUT, new Backoff(new Random(5)), this).make(change);
    }

    Set<UUID> operations() {
      Set<UUID> operations = new HashSet<>();
      sent.forEach(change -> operations.add(change.operationId()));
      return operations.isEmpty() ? Set.of(OPERATION) : operations;
    }

    private String word() {
      return script.get(Math.min(step, script.size() - 1));
    }

    @Override
    public RequestChannel open(Duration patience) {
      if (!open && word().startsWith("-")) {
        Kind kind = Kind.valueOf(word().substring(1).toUpperCase(java.util.Locale.ROOT));
        step++;
        throw new ConnectionException(kind, "scripted " + kind);
      }
      open = !word().startsWith("-");
      if (!open) {
        return open(patience);
      }
      return this;
    }

    @Override
    public void drop() {
      open = false;
      drops++;
    }

    @Override
    public Answer ask(ClientMessage message, Duration patience) {
      sent.add((Change) message);
      String word = word();
      step++;
      now += Duration.ofMillis(1).toNanos();
      return switch (word) {
        case "ok" -> SampleMessages.answer(message, 8);
        case "pong" -> SampleMessages.pong(message, 8);
        case "lost" -> throw new ConnectionException(Kind.LOST, "scripted loss");
        case "timeout" -> {
          now += patience.toNanos() - Duration.ofMillis(1).toNanos();
          throw new ConnectionException(Kind.TIMEOUT, "scripted silence");
        }
        default -> rejected(message, word.split(":"));
      };
    }

    /** A code, perhaps with the milliseconds after which to try again. */
    private static Answer rejected(ClientMessage message, String[] words) {
      ServerMessage.Rejected plain =
          SampleMessages.rejected(message, RejectionCode.valueOf(words[0]));
      return words.length == 1
          ? plain
          : new ServerMessage.Rejected(
              plain.requestId(),
              plain.code(),
              plain.message(),
              RejectionDetails.retryAfter(Duration.ofMillis(Long.parseLong(words[1]))));
    }

    @Override
    public ServerAddress server() {
      return ServerAddress.parseAll("scripted").get(0);
    }

    @Override
    public String nextRequestId() {
      requestIds++;
      return Integer.toString(requestIds);
    }

    @Override
    public void close() {}

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      now += duration.toNanos();
    }
  }
}
