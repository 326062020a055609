package org.lesbillets.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.Samples;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;

/** A lock nobody was told of does not stay. */
final class GrantedLockTest {
  /** Standard output whose reader has gone. */
  private static final class Broken extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }

  private static ClientMessage.UnlockTicket released(ScriptedDesk desk) {
    assertEquals(2, desk.asked.size(), desk.asked::toString);
    return assertInstanceOf(ClientMessage.UnlockTicket.class, desk.asked.get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-o json ", "-o jsonl ", "-o id ", "-o table "})
  void aLockThatCannotBePrintedIsReleased(String format) {
    ScriptedDesk desk = Samples.obliging();
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
    ScriptedDesk desk = Samples.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).run(new Broken(), "claim", "tag:x");
    assertEquals(ExitStatus.PIPE_CLOSED, result.status());
    ClientMessage.UnlockTicket back = released(desk);
    assertEquals(91, back.token());
    assertEquals(GiveBack.UNTRIED, back.giveBack());
    assertTrue(result.err().contains("the claim of #17 was given back"), result.err());
  }

  @Test
  void aLockThatIsOnlyRenewedStays() {
    ScriptedDesk desk = Samples.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).run(new Broken(), "lock", "17", "--token", "91");
    assertEquals(ExitStatus.PIPE_CLOSED, result.status());
    assertEquals(1, desk.asked.size());
  }

  @Test
  void aServerThatCannotBeAskedIsNamed() {
    ScriptedDesk desk = Samples.obliging();
    OutputStream away =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            desk.failing(ScriptedDesk.failure(ConnectionException.Kind.UNREACHABLE, "it is away"));
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
    ScriptedDesk desk = Samples.obliging().notKeeping(new OutOfMemoryError("no thread"));
    BilletsRun.Result result = BilletsRun.at(desk).run("lock", "17", "--", "true");
    assertEquals(ExitStatus.FAILED, result.status());
    assertEquals(91, released(desk).token());
    assertEquals(List.of(), desk.lease);
  }
}
