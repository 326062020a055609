package org.lesbillets.cli.output.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.output.FieldNames;
import org.lesbillets.cli.output.PrintStyle;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.output.console.Terminal;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.wire.MessageCodec;

/** Columns of whole tickets, and of the fields that a server was asked for. */
class ColumnPrinterTest {
  private static Map<String, String> columns(Random random) {
    List<String> names = new ArrayList<>(FieldNames.OF_TICKETS.all());
    Collections.shuffle(names, random);
    List<String> distinct = new ArrayList<>();
    for (String name : names.subList(0, 1 + random.nextInt(6))) {
      String path = FieldNames.OF_TICKETS.chosen(name).get(name);
      if (distinct.stream().noneMatch(n -> FieldNames.OF_TICKETS.chosen(n).get(n).equals(path))) {
        distinct.add(name);
      }
    }
    return FieldNames.OF_TICKETS.chosen(String.join(",", distinct));
  }

  private static String printed(
      boolean table, Map<String, String> columns, Consumer<ColumnPrinter> of) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new Console(
            InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), Terminal.NONE);
    PrintStyle style = new PrintStyle(console, false, BilletsRun.CLOCK, "-");
    of.accept(new ColumnPrinter(style, table, columns));
    console.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void rowsArePrintedAsWholeTicketsAre() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 100; i++) {
            List<Ticket> tickets = new RandomTickets(random).tickets(random.nextInt(5));
            Map<String, String> columns = columns(random);
            Projection projection = ColumnPrinter.projection(columns);
            AllTickets whole = new AllTickets("1", tickets, 1, "j", false, false, tickets.size());
            AllTickets rows = MessageCodec.projected(whole, projection);
            AllTickets read =
                (AllTickets) MessageCodec.decodeServerMessage(MessageCodec.encode(rows));
            boolean table = random.nextBoolean();
            assertEquals(
                printed(table, columns, printer -> printer.tickets(tickets)),
                printed(table, columns, printer -> printer.rows(read.rows().rows())),
                columns.toString());
          }
        });
  }
}
