package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.command.ScriptedTicketService;

/** What happens when nobody takes what is printed. */
class ClosedPipeTest {
  private static final class Refusing extends OutputStream {
    private final String why;

    Refusing(String why) {
      this.why = why;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(why);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"list", "list -o jsonl", "show 17", "watch", "watch -o tsv", "help", "--version"})
  void aReaderThatWentAwayEndsItQuietly(String line) {
    ScriptedTicketService desk = SampleTickets.details();
    desk.holding(1, SampleTickets.PRINTER).watching(visitor -> SampleTickets.tell(visitor));
    BilletsRun.Result result =
        BilletsRun.at(desk).run(new Refusing("Broken pipe"), line.split(" "));
    assertEquals(ExitStatus.PIPE_CLOSED, result.status());
    assertEquals("", result.err());
  }

  @Test
  void aFailureSaysMoreThanAClosedPipe() {
    BilletsRun.Result result =
        BilletsRun.at(SampleTickets.obliging())
            .run(new Refusing("Broken pipe"), "close", "404", "17", "-o", "id");
    assertEquals(ExitStatus.NOT_FOUND, result.status());
  }
}
