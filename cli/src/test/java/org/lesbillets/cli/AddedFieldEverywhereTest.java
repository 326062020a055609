package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.command.bulk.format.CsvLayout;
import org.lesbillets.cli.command.bulk.format.EncodedInput;
import org.lesbillets.cli.command.bulk.format.ExchangeFormat;
import org.lesbillets.cli.command.bulk.format.TicketSource;
import org.lesbillets.cli.command.bulk.format.TicketSources;
import org.lesbillets.cli.command.edit.ContentPatch;
import org.lesbillets.cli.command.edit.TemplateException;
import org.lesbillets.cli.command.edit.ThreeWay;
import org.lesbillets.cli.command.edit.TicketTemplate;
import org.lesbillets.cli.command.edit.Typist;
import org.lesbillets.cli.tui.state.editor.FormText;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.field.AddedField;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

final class AddedFieldEverywhereTest {
  @TempDir Path folder;

  @Test
  void isInEveryTableFormTemplateAndFile() throws Exception {
    AddedField.probe(folder, Probe.class);
  }

  /** Runs in the program with the field. */
  public static final class Probe implements Consumer<Path> {
    private static final AgentName ME = new AgentName("alice");
    private static final Typist TYPIST =
        new Typist(ME, Clock.fixed(TicketMaker.NOW, ZoneOffset.UTC));
    private static final String FUSE = "a fuse";

    private final TicketField<String> field = AddedField.field();
    private final Ticket plain = TicketMaker.ticket(17).make();
    private final Ticket ticket = plain.withContent(plain.content().with(field, FUSE));

    @Override
    public void accept(Path folder) {
      try {
        tables();
        template();
        merge();
        form();
        csv();
      } catch (TemplateException e) {
        throw new AssertionError(e);
      }
    }

    private String printed(String... words) {
      ScriptedTicketService desk =
          new ScriptedTicketService()
              .holding(1, ticket)
              .telling(new TicketDetails("1", ticket, List.of(), null, false));
      BilletsRun.Result result = BilletsRun.at(desk).run(words);
      assertEquals(ExitStatus.OK, result.status(), result.err());
      return result.out();
    }

    private void tables() {
      assertEquals("17\ta fuse\n", printed("list", "-o", "tsv", "--fields", "number,sparePart"));
      assertTrue(printed("list", "-o", "table", "--fields", "sparePart").contains(FUSE));
      assertTrue(printed("list", "-o", "json").contains("\"sparePart\": \"a fuse\""));
      assertTrue(printed("show", "17", "-o", "table").contains("sparePart  a fuse\n"));
      assertTrue(printed("show", "17", "-o", "tsv").contains("sparePart\ta fuse\n"));
      assertEquals("a fuse\n", printed("show", "17", "--field", "sparePart"));
    }

    private void template() throws TemplateException {
      String text = TicketTemplate.render(ticket.content(), List.of(), Map.of());
      assertTrue(text.contains("\nsparePart: a fuse\n"), text);
      assertEquals(ticket.content(), TicketTemplate.parse(text, TYPIST));
      TicketPatch patch = ContentPatch.checked(plain.content(), ticket.content());
      assertEquals(TicketPatch.of(field, FUSE), patch);
    }

    private void merge() {
      TicketContent yours = plain.content().with(TicketField.TITLE, "Yours");
      ThreeWay.Merged merged = new ThreeWay(plain.content(), ticket.content(), yours).merged();
      assertEquals(yours.with(field, FUSE), merged.content());
      assertEquals("changed by others", merged.remarks().get(field).get(0));
    }

    private void form() throws TemplateException {
      TicketForm form = TicketForm.of(ticket);
      assertTrue(form.fields().contains(field));
      assertTrue(TicketForm.blank().fields().contains(field));
      assertEquals(FUSE, form.value(field).text());
      TicketContent read = FormText.read(form.with(field, TypedText.of(" a plug ")), TYPIST);
      assertEquals(ticket.content().with(field, "a plug"), read);
    }

    private void csv() {
      String csv = printed("export", "--format", "csv");
      assertTrue(csv.lines().findFirst().orElseThrow().contains("sparePart"), csv);
      ByteArrayInputStream bytes = new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
      TicketSource source =
          TicketSources.of(
              ExchangeFormat.CSV,
              EncodedInput.of(bytes, null),
              CsvLayout.OWN,
              new TicketSource.Defaults(TicketMaker.NOW, ME));
      assertEquals(ticket.content(), source.next().ticket().ticket().content());
    }
  }
}
