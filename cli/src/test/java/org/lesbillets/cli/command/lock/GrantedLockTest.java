package org.lesbillets.cli.command.lock;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.command.ChildExitException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.ConnectionOptions;
import org.lesbillets.cli.command.Environment;
import org.lesbillets.cli.command.OutputOptions;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.output.console.Terminal;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** A lock nobody was told of does not stay. */
final class GrantedLockTest {
  /** Standard output whose reader has gone. */
  private static final class Broken extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }

  private static ClientMessage.UnlockTicket released(ScriptedTicketService desk) {
    assertEquals(2, desk.asked.size(), desk.asked::toString);
    return assertInstanceOf(ClientMessage.UnlockTicket.class, desk.asked.get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-o json ", "-o jsonl ", "-o id ", "-o table "})
  void aLockThatCannotBePrintedIsReleased(String format) {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result =
        BilletsRun.at(desk).run(new Broken(), (format + "lock 17 --wait --ttl 8h").split(" "));
    assertEquals(ExitStatus.PIPE_CLOSED, result.status());
    assertEquals(91, released(desk).token());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(
        result.err().contains("nothing reads the output any more; the lock on #17 was released"),
        result.err());
  }

  @Test
  void aClaimIsGivenBack() {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).run(new Broken(), "claim", "tag:x");
    assertEquals(ExitStatus.PIPE_CLOSED, result.status());
    ClientMessage.UnlockTicket back = released(desk);
    assertEquals(91, back.token());
    assertEquals(GiveBack.UNTRIED, back.giveBack());
    assertTrue(result.err().contains("the claim of #17 was given back"), result.err());
  }

  @Test
  void aLockThatIsOnlyRenewedStays() {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).run(new Broken(), "lock", "17", "--token", "91");
    assertEquals(ExitStatus.PIPE_CLOSED, result.status());
    assertEquals(1, desk.asked.size());
  }

  @Test
  void aServerThatCannotBeAskedIsNamed() {
    ScriptedTicketService desk = SampleTickets.obliging();
    OutputStream away =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            desk.failing(
                ScriptedTicketService.failure(ConnectionException.Kind.UNREACHABLE, "it is away"));
            throw new IOException("Broken pipe");
          }
        };
    BilletsRun.Result result = BilletsRun.at(desk).run(away, "lock", "17");
    assertEquals(ExitStatus.PIPE_CLOSED, result.status());
    assertTrue(
        result.err().contains("#17 could not be released (it is away): see billets show 17"),
        result.err());
  }

  @Test
  void aLeaseThatCannotBeKeptIsReleased() {
    ScriptedTicketService desk =
        SampleTickets.obliging().notKeeping(new OutOfMemoryError("no thread"));
    BilletsRun.Result result = BilletsRun.at(desk).run("lock", "17", "--", "true");
    assertEquals(ExitStatus.FAILED, result.status());
    assertEquals(91, released(desk).token());
    assertEquals(List.of(), desk.lease);
  }

  /** An invocation as of {@code billets lock}, which says what it has to say to {@code err}. */
  private static CommandContext context(ScriptedTicketService desk, OutputStream err) {
    OutputStream out = OutputStream.nullOutputStream();
    Console console = new Console(InputStream.nullInputStream(), out, err, Terminal.NONE);
    Path home = Path.of("/nonexistent");
    return new CommandContext(
        new Environment(console, Map.of(), home, BilletsRun.CLOCK, settings -> desk),
        new ConnectionOptions(),
        new OutputOptions(),
        null);
  }

  @Test
  void aLockThatComesWhileTheProcessEndsIsReleasedAndTheEndWaitsForThat() throws Exception {
    ScriptedTicketService desk = SampleTickets.obliging();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandContext context = context(desk, err);
    GrantGuard guard = GrantGuard.open();
    Thread end = new Thread(guard::end);
    try (guard) {
      end.start();
      await().until(guard::isEnding);
      EventMessage granted =
          desk.change(
              new ClientMessage.LockTicket(
                  null, null, TicketRef.of(17), null, LockTerms.DEFAULT, null, null));
      GrantedLock lock = new GrantedLock(context, granted, false, guard);
      assertThrows(ChildExitException.class, () -> lock.handOver(() -> fail("it began")));
    }
    end.join();
    assertEquals(91, released(desk).token());
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("the lock on #17 was released"));
  }
}
