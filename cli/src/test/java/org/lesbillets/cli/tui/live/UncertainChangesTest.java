package org.lesbillets.cli.tui.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.RejectionCode;

/** Which changes that are sent again are the same operation. */
final class UncertainChangesTest {
  private static final ConnectionException SILENT = new ConnectionException(Kind.TIMEOUT, "silent");

  private final UncertainChanges uncertain = new UncertainChanges();

  private static Change comment(String text) {
    return new CommentTicket(null, null, TicketRef.of(17), text);
  }

  private static RejectedException rejected(Change change, RejectionCode code) {
    return new RejectedException(SampleMessages.rejected(change, code));
  }

  private UUID operation(Change change) {
    return uncertain.identified(change).operationId();
  }

  /** Sends a change, which fails. */
  private UUID failing(Change change, RuntimeException failure) {
    Change sent = uncertain.identified(change);
    uncertain.failed(change, sent, failure);
    return sent.operationId();
  }

  @Test
  void whatMayHaveHappenedKeepsItsOperation() {
    UUID first = failing(comment("a"), SILENT);
    assertNotNull(first);
    assertEquals(first, failing(comment("a"), new ConnectionException(Kind.UNREACHABLE, "none")));
    assertEquals(first, failing(comment("a"), rejected(comment("a"), RejectionCode.BUSY)));
    assertEquals(first, failing(comment("a"), rejected(comment("a"), RejectionCode.UNCERTAIN)));
    assertEquals(first, operation(comment("a")));
    assertNotEquals(first, operation(comment("b")), "something else");
  }

  @Test
  void aNewTicketDoesToo() {
    Change create = SampleMessages.create(null, null);
    assertEquals(failing(create, SILENT), operation(create));
  }

  @Test
  void whatIsCertainIsForgotten() {
    UUID happened = failing(comment("a"), SILENT);
    uncertain.done(comment("a"));
    assertNotEquals(happened, operation(comment("a")));
    UUID refused = failing(comment("b"), SILENT);
    failing(comment("b"), rejected(comment("b"), RejectionCode.NOT_FOUND));
    assertNotEquals(refused, operation(comment("b")));
  }

  @Test
  void whatCertainlyDidNotHappenIsAnotherOperationNextTime() {
    UUID none = failing(comment("a"), new ConnectionException(Kind.UNREACHABLE, "none"));
    assertNotEquals(none, operation(comment("a")));
  }

  @Test
  void whatAddsNothingIsSentAsItIs() {
    Change update = SampleMessages.update(null);
    assertSame(update, uncertain.identified(update));
    uncertain.failed(update, update, SILENT);
    assertSame(update, uncertain.identified(update));
  }

  @Test
  void onlyTheLastOnesAreRemembered() {
    UUID first = failing(comment("0"), SILENT);
    UUID second = failing(comment("1"), SILENT);
    for (int i = 2; i <= 16; i++) {
      failing(comment(Integer.toString(i)), SILENT);
    }
    assertNotEquals(first, operation(comment("0")));
    assertEquals(second, operation(comment("1")));
  }
}
