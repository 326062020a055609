package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.lesbillets.model.TicketMaker.ticket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.command.WatchVisitor;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.cli.tui.screen.ScreenSvg;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * The pictures of docs/pictures are what the program draws. Run with {@code -Dgolden.write=true} to
 * write them anew, and look at them.
 */
class PicturesTest {
  private static final Path FILES = Path.of("..", "docs", "pictures");
  private static final int COLUMNS = 96;
  private static final int ROWS = 26;
  private static final int BESIDE = 40;

  private record Picture(String name, String title, Supplier<GridCanvas> screen) {}

  private static final List<Picture> PICTURES =
      List.of(
          new Picture("list", "The live view", () -> desk(26).press("Down", "Down").draw()),
          new Picture(
              "edit",
              "A ticket edited under a lock that is renewed",
              () -> GoldenScreensTest.form(desk(24)).draw()),
          new Picture(
              "stolen",
              "Someone took the lock while the form was open; what was typed is kept",
              () -> GoldenScreensTest.robbed(desk(24)).draw()),
          new Picture(
              "overview", "The overview", () -> GoldenScreensTest.overview(desk(26)).draw()),
          new Picture("watch", "A watch beside a script", PicturesTest::watchBesideScript));

  private static Scene desk(int rows) {
    return Scene.of(COLUMNS, rows, SampleDesk.tickets());
  }

  private static final List<String> SCRIPT =
      List.of(
          "$ cat pay-one",
          "#!/bin/sh",
          "billets claim tag:refund --wait --return \\",
          "  -- sh -c './pay-back $BILLETS_TICKET &&",
          "    billets close $BILLETS_TICKET'",
          "",
          "$ while ./pay-one || sleep 1; do :; done",
          "order 1093: paid",
          "the bank does not answer",
          "order 1107: paid",
          "");

  private static GridCanvas watchBesideScript() {
    GridCanvas canvas = new GridCanvas(COLUMNS + 8, 13);
    for (int row = 0; row < SCRIPT.size(); row++) {
      String line = SCRIPT.get(row);
      Style style = line.startsWith("$ ") ? Style.PLAIN.withBold() : Style.PLAIN;
      canvas.put(1, row + 1, line, style);
    }
    for (int row = 0; row < canvas.rows(); row++) {
      canvas.put(BESIDE + 3, row, "│", Style.PLAIN.withDim());
    }
    int room = canvas.columns() - BESIDE - 6;
    BilletsRun.Result watch =
        BilletsRun.at(new ScriptedTicketService().watching(PicturesTest::refunds))
            .terminal(room)
            .with("XDG_CONFIG_HOME", "/nonexistent")
            .run("watch", "tag:refund", "--count", "9");
    canvas.put(BESIDE + 5, 1, "$ billets watch tag:refund", Style.PLAIN.withBold());
    List<String> lines = watch.out().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      put(canvas, i + 2, lines.get(i));
    }
    return canvas;
  }

  /** Puts a line with colours of ANSI. */
  private static void put(GridCanvas canvas, int row, String line) {
    Matcher part = Pattern.compile("\u001b\\[(\\d+)m([^\u001b]*)|([^\u001b]+)").matcher(line);
    int column = BESIDE + 5;
    while (part.find()) {
      Style style = part.group(1) == null ? Style.PLAIN : style(part.group(1));
      String text = part.group(1) == null ? part.group(3) : part.group(2);
      column = canvas.put(column, row, text, style);
    }
  }

  private static Style style(String code) {
    return switch (code) {
      case "0" -> Style.PLAIN;
      case "2" -> Style.PLAIN.withDim();
      case "32" -> Style.of(Tone.GOOD);
      case "35" -> Style.of(Tone.CAUTION);
      default -> Style.of(Tone.ALARM);
    };
  }

  private static void refunds(WatchVisitor visitor) {
    Ticket one = ticket(41).title("Refund 1093").tags("refund").make();
    Ticket two = ticket(42).title("Refund 1107").tags("refund").make();
    List<WireEvent> events =
        List.of(
            created("bob", 2, one),
            claimed(4, one),
            created("carol", 5, two),
            closed(6, one),
            claimed(6, two),
            returned(9, two),
            claimed(10, two),
            closed(12, two));
    for (int i = 0; i < events.size(); i++) {
      visitor.event(EventMessage.pushed(new SequencedEvent(101 + i, 100 + i, events.get(i))));
    }
  }

  private static Instant at(int second) {
    return TicketMaker.NOW.plusSeconds(second);
  }

  private static final AgentName WORKER = new AgentName("payer");

  private static TicketLock claim(int second, Ticket ticket) {
    Duration ttl = Duration.ofSeconds(30);
    return new TicketLock(WORKER, ticket.number(), at(second), ttl, ttl, null, "claim", 0)
        .withKind(LockKind.RETURNING_CLAIM);
  }

  private static WireEvent created(String who, int second, Ticket ticket) {
    return new WireEvent.TicketCreated(at(second), new AgentName(who), ticket, false);
  }

  private static WireEvent claimed(int second, Ticket ticket) {
    Ticket locked = ticket.withLock(claim(second, ticket));
    return new WireEvent.TicketLocked(at(second), WORKER, locked, false, true);
  }

  private static WireEvent returned(int second, Ticket ticket) {
    return new WireEvent.TicketUnlocked(
        at(second), WORKER, ticket, UnlockReason.RELEASED, null, claim(second, ticket), true);
  }

  private static WireEvent closed(int second, Ticket ticket) {
    TicketPatch close = TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED);
    FieldChange change = new FieldChange.Replaced(TicketField.STATUS, "open", "closed");
    return new WireEvent.TicketUpdated(
        at(second),
        WORKER,
        ticket.withContent(ticket.content().patched(close)),
        List.of(change),
        true);
  }

  @TestFactory
  Stream<DynamicTest> areWhatTheProgramDraws() {
    return PICTURES.stream().map(one -> dynamicTest(one.name, () -> check(one)));
  }

  private static void check(Picture picture) throws IOException {
    GridCanvas screen = picture.screen.get();
    for (ScreenSvg.Theme theme : ScreenSvg.Theme.values()) {
      String svg = ScreenSvg.of(screen, theme, picture.title);
      Path file = FILES.resolve(picture.name + "-" + theme.wireName() + ".svg");
      if (Boolean.getBoolean("golden.write")) {
        Files.createDirectories(FILES);
        Files.writeString(file, svg);
      }
      assertTrue(Files.exists(file), () -> file + " is missing: run with -Dgolden.write=true");
      assertEquals(Files.readString(file), svg, file + " differs");
    }
  }

  @Test
  void noOtherPictureIsThere() throws IOException {
    Files.createDirectories(FILES);
    Set<String> expected = new TreeSet<>();
    PICTURES.forEach(p -> expected.addAll(Set.of(p.name + "-dark.svg", p.name + "-light.svg")));
    try (Stream<Path> files = Files.list(FILES)) {
      Set<String> there =
          files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
      assertEquals(expected, there);
    }
  }
}
