package org.lesbillets.cli.command.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;

class DraftsTest {
  private static final Clock CLOCK = Clock.fixed(TicketMaker.NOW, ZoneOffset.UTC);
  private static final Ticket TICKET = TicketMaker.ticket(17).description("as it was").make();

  @TempDir Path state;

  private Drafts drafts() {
    return new Drafts(state.resolve("billets").resolve("drafts"), CLOCK);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aDraftIsItsOwnersAlone() throws Exception {
    Draft draft = drafts().create("text", DraftBase.of(TICKET));
    assertEquals("17-20261122-090000.txt", draft.path().getFileName().toString());
    draft.explain("why");
    draft.rewrite("text", DraftBase.of(TICKET));
    assertEquals("rwx------", mode(draft.path().getParent()));
    try (Stream<Path> files = Files.list(draft.path().getParent())) {
      for (Path file : files.toList()) {
        assertEquals("rw-------", mode(file), file.toString());
      }
    }
  }

  @Test
  void twoOfOneSecondAreTwo() throws Exception {
    Draft first = drafts().create("first", DraftBase.of(TICKET));
    Draft second = drafts().create("second", DraftBase.of(TICKET));
    assertEquals("17-20261122-090000-2.txt", second.path().getFileName().toString());
    assertEquals("first", first.text());
  }

  @Test
  void theOneChangedLastIsTheNewest() throws Exception {
    Draft first = drafts().create("first", DraftBase.of(TICKET));
    drafts().create("second", DraftBase.of(TICKET));
    Ticket other = TicketMaker.ticket(18).make().withNumber(17);
    drafts().create("of another server's 17", DraftBase.of(other));
    Files.setLastModifiedTime(first.path(), FileTime.from(CLOCK.instant().plusSeconds(1 << 20)));
    Files.setLastModifiedTime(
        drafts().newest(other.id()).orElseThrow().path(),
        FileTime.from(CLOCK.instant().plusSeconds(1 << 21)));
    assertEquals("first", drafts().newest(TICKET.id()).orElseThrow().text());
    assertEquals(Optional.empty(), drafts().newest(TicketMaker.ticket(19).make().id()));
  }

  @Test
  void whatItWasMadeFromIsKnownInAnotherProcess() throws Exception {
    SeededTest.run(
        random -> {
          RandomTickets tickets = new RandomTickets(random);
          for (int i = 0; i < 50; i++) {
            DraftBase base = DraftBase.of(tickets.ticket());
            drafts().create("", base);
            assertEquals(base, drafts().newest(base.id()).orElseThrow().base());
          }
        });
  }

  @Test
  void aRewrittenDraftHasTheNewBase() throws Exception {
    Draft draft = drafts().create("", DraftBase.of(TICKET));
    DraftBase later = DraftBase.of(TicketMaker.ticket(17).title("later").make());
    draft.rewrite("text", later);
    assertEquals(later, draft.base());
    assertEquals(later, drafts().newest(TICKET.id()).orElseThrow().base());
    assertEquals("text", draft.text());
  }

  @Test
  void oneReasonStandsAtTheTop() throws Exception {
    Draft draft = drafts().create("# a comment\ntitle: x\n", DraftBase.of(TICKET));
    draft.explain("one");
    draft.explain("two\nlines é");
    assertEquals("#! two lines é\n# a comment\ntitle: x\n", draft.text());
  }

  @Test
  void whatIsNoTextIsKeptByteByByte() throws Exception {
    Draft draft = drafts().create("", DraftBase.of(TICKET));
    Files.write(draft.path(), new byte[] {'a', (byte) 0xE9, 0, '\n'});
    assertThrows(TemplateException.class, draft::text);
    draft.explain("é");
    byte[] bytes = draft.bytes();
    assertEquals("#! é\n", new String(bytes, 0, 6, StandardCharsets.UTF_8));
    assertEquals((byte) 0xE9, bytes[7]);
    assertEquals(10, bytes.length);
  }

  @Test
  void aRemovedDraftIsGone() throws Exception {
    Draft draft = drafts().create("text", DraftBase.of(TICKET));
    Files.delete(draft.path());
    assertEquals("", draft.text());
    draft.remove();
    try (Stream<Path> files = Files.list(draft.path().getParent())) {
      assertEquals(0, files.count());
    }
    assertEquals(Optional.empty(), drafts().newest(TICKET.id()));
  }

  @Test
  void filesOfOthersAreLeftAlone() throws Exception {
    assertEquals(Optional.empty(), drafts().newest(TICKET.id()));
    drafts().create("text", DraftBase.of(TICKET));
    Path folder = drafts().folder();
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("18-x.txt"), "half");
    Files.writeString(folder.resolve("18-x.base"), "ticket: nonsense");
    assertEquals("text", drafts().newest(TICKET.id()).orElseThrow().text());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.writeString(state.resolve("file"), "");
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> new Drafts(file.resolve("drafts"), CLOCK).create("", DraftBase.of(TICKET)));
    assertTrue(e.getMessage().startsWith("the draft " + file.resolve("drafts")), e.getMessage());
  }

  @Test
  void aBaseThatAnEarlierVersionKeptLacksTheFieldsSince() throws Exception {
    DraftBase base = DraftBase.of(TICKET);
    String earlier = base.text().replaceFirst("(?m)^requester:.*\n", "");
    assertEquals(base, DraftBase.parse(earlier));
  }
}
