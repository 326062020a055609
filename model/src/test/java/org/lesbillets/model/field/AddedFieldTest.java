package org.lesbillets.model.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.wire.Fingerprint;
import org.lesbillets.model.wire.JournalCodec;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.TicketCodec;
import org.lesbillets.model.wire.WireFormatException;

final class AddedFieldTest {
  @TempDir Path folder;

  @Test
  void isWrittenReadChangedAndAskedFor() throws Exception {
    AddedField.probe(folder, Probe.class);
  }

  /** Runs in the program with the field. */
  public static final class Probe implements Consumer<Path> {
    private static final QueryContext CONTEXT =
        new QueryContext(new AgentName("alice"), TicketMaker.NOW);
    private static final String FUSE = "a fuse";

    private final TicketField<String> field = AddedField.field();
    private final Ticket plain = TicketMaker.ticket(17).make();
    private final Ticket ticket = plain.withContent(plain.content().with(field, FUSE));

    @Override
    public void accept(Path folder) {
      try {
        requests();
        ticketsAndEvents();
        queries();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private void requests() throws WireFormatException {
      ClientMessage.UpdateTicket update = update(FUSE);
      assertEquals(update, MessageCodec.decodeClientMessage(MessageCodec.encode(update)));
      ClientMessage.UpdateTicket clear = update(null);
      assertEquals(clear, MessageCodec.decodeClientMessage(MessageCodec.encode(clear)));
      ClientMessage.CreateTicket create =
          new ClientMessage.CreateTicket("1", null, ticket.content());
      assertEquals(create, MessageCodec.decodeClientMessage(MessageCodec.encode(create)));
      assertNotEquals(
          Fingerprint.of(create),
          Fingerprint.of(new ClientMessage.CreateTicket("1", null, plain.content())));
      String tooLong = MessageCodec.encode(update("a fuse of more than 20 characters"));
      WireFormatException refused =
          assertThrows(WireFormatException.class, () -> MessageCodec.decodeClientMessage(tooLong));
      assertTrue(refused.getMessage().contains("sparePart is longer than 20"));
    }

    private ClientMessage.UpdateTicket update(String value) {
      return new ClientMessage.UpdateTicket(
          "1", null, TicketRef.of(17), TicketPatch.of(field, value), null, null, false);
    }

    private void ticketsAndEvents() throws WireFormatException {
      String line = TicketCodec.encode(ticket, List.of());
      assertEquals(FUSE, TicketCodec.decode(line, "1").ticket().content().get(field));
      List<FieldChange> changes = ticket.content().changesSince(plain.content());
      assertEquals(List.of(new FieldChange.Replaced(field, null, FUSE)), changes);
      WireEvent event =
          new WireEvent.TicketUpdated(
              ticket.updated().at(), ticket.updated().by(), ticket, changes, false);
      assertEquals(event, JournalCodec.decodeEvent(JournalCodec.encodeEvent(event, List.of())));
      assertTrue(
          new String(JournalCodec.encodeEvent(event, List.of()), StandardCharsets.UTF_8)
              .contains("\"sparePart\":\"a fuse\""));
    }

    private void queries() throws Exception {
      assertTrue(TicketQuery.fields().contains(AddedField.NAME));
      TicketQuery query = TicketQuery.parse("sparePart:fuse");
      assertTrue(query.matches(ticket, CONTEXT));
      assertTrue(!query.matches(plain, CONTEXT));
    }
  }
}
