package org.lesbillets.cli.tui.state.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.list.ListRows.Notice;
import org.lesbillets.model.ProcessorTime;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.TicketOrder;

class ListRowsTest {
  private static final Comparator<Ticket> BY_TITLE = TicketOrder.parse("title").comparator();
  private static final Now AT = new Now(1_000_000_000, NOW);

  private final ListRows rows = new ListRows();
  private final Map<String, Long> numbers = new HashMap<>();

  /** The ticket that was called so first keeps its number, whatever it is called later. */
  private Ticket titled(String title) {
    return titled(title, numbers.computeIfAbsent(title, one -> numbers.size() + 1L));
  }

  private static Ticket titled(String title, long number) {
    return ticket(number).title(title).make();
  }

  private List<Ticket> all(String titles) {
    return titles.codePoints().mapToObj(Character::toString).map(this::titled).toList();
  }

  /**
   * Plays a script: {@code =abc} shows a list, {@code ~abc} is a newer reading of it, {@code h3}
   * gives the window three lines, {@code +x} and {@code -x} come and leave, {@code x>y} is called
   * otherwise, {@code @x} puts the cursor on it; {@code j k g G} and {@code 3j} move it.
   */
  private void play(String script) {
    for (String act : script.split(" ")) {
      char first = act.charAt(0);
      String rest = act.substring(1);
      switch (first) {
        case '=' -> rows.show(all(rest), BY_TITLE);
        case '~' -> rows.refresh(all(rest), BY_TITLE);
        case 'h' -> rows.height(Integer.parseInt(rest));
        case '+' -> rows.take(titled(rest), true, Notice.CHANGED, AT);
        case '-' -> rows.take(titled(rest), false, Notice.CHANGED, AT);
        case '@' -> rows.select(titled(rest).id());
        case 'j', 'k' -> rows.move(first == 'j' ? 1 : -1);
        case 'g' -> rows.moveTo(0);
        case 'G' -> rows.moveTo(Integer.MAX_VALUE);
        default -> playLonger(act);
      }
    }
  }

  private void playLonger(String act) {
    if (act.contains(">")) {
      String now = act.substring(2);
      numbers.put(now, numbers.remove(act.substring(0, 1)));
      rows.take(titled(now), true, Notice.CHANGED, AT);
    } else {
      int times = Integer.parseInt(act.substring(0, act.length() - 1));
      rows.move(act.endsWith("j") ? times : -times);
    }
  }

  /**
   * How many rows stand above the window, its rows with the cursor's in brackets and those that are
   * gone in lower case behind a hyphen, and how many stand below; what came unseen behind them.
   */
  private String drawn() {
    String selected = rows.selected().map(row -> row.shown().content().title()).orElse("");
    String window =
        rows.visible().stream()
            .map(row -> (row.gone() ? "-" : "") + row.shown().content().title())
            .map(title -> title.replace("-", "").equals(selected) ? "[" + title + "]" : title)
            .collect(Collectors.joining(" "));
    int below = rows.size() - rows.top() - rows.visible().size();
    String above = rows.arrivedAbove() == 0 ? "" : "(+" + rows.arrivedAbove() + ")";
    String under = rows.arrivedBelow() == 0 ? "" : "(+" + rows.arrivedBelow() + ")";
    return rows.top() + above + " " + window + " " + below + under;
  }

  private static Ticket locked(long number) {
    return ticket(number)
        .title("t" + number)
        .locked("bob", Duration.ofMinutes(1), Duration.ofMinutes(9))
        .make();
  }

  private static Now later(int seconds) {
    return AT.plus(Duration.ofSeconds(seconds));
  }

  @Test
  void aLockAnywhereInTheListIsShownWhereverOneScrolls() {
    play("h3 =abcdefghi");
    assertFalse(rows.showsLocks(AT));
    rows.take(locked(99), true, Notice.CHANGED, AT);
    for (String move : List.of("G", "g", "4j", "k")) {
      play(move);
      assertTrue(rows.showsLocks(AT), "after " + move);
    }
  }

  @Test
  void aLockThatEndsLingersSoThatColumnsDoNotFlicker() {
    play("h3 =abc");
    rows.take(locked(99), true, Notice.CHANGED, AT);
    rows.take(titled("t99", 99), true, Notice.CHANGED, later(60));
    assertTrue(rows.showsLocks(later(69)));
    assertFalse(rows.showsLocks(later(70)));
    rows.take(locked(99), true, Notice.CHANGED, later(80));
    assertTrue(rows.showsLocks(later(900)));
    play("=abc");
    assertFalse(rows.showsLocks(later(900)), "another list");
  }

  @Test
  void aLockedTicketThatLeftTheListCountsWhileItIsSeen() {
    play("h3 =abc");
    rows.take(locked(99), true, Notice.CHANGED, AT);
    play("G");
    rows.take(locked(99), false, Notice.CHANGED, later(1));
    assertTrue(rows.showsLocks(later(100)), "it is still there, greyed");
    play("g");
    assertFalse(rows.showsLocks(later(100)));
  }

  @ParameterizedTest
  @CsvSource({
    // Moving.
    "h3 =abcdef, 0 [a] b c 3",
    "h3 =abcdef j j, 0 a b [c] 3",
    "h3 =abcdef 3j, 1 b c [d] 2",
    "h3 =abcdef G, 3 d e [f] 0",
    "h3 =abcdef G k, 3 d [e] f 0",
    "h3 =abcdef G 4k, 1 [b] c d 2",
    "h3 =abcdef G g, 0 [a] b c 3",
    "h3 =abcdef 99j, 3 d e [f] 0",
    "h3 =abcdef j 99k, 0 [a] b c 3",
    "h3 =abcdef @e, 2 c d [e] 1",
    "h3 =abcdef @e @b, 1 [b] c d 2",
    "h3 =abcdef @x, 0 [a] b c 3",
    // What comes and goes around the cursor leaves it on its ticket and on its line.
    "h3 =bdfhj 2j +a, 1(+1) b d [f] 2",
    "h3 =bdfhj 2j +e, 1 d e [f] 2",
    "h3 =bdfhj 2j +g, 0 b d [f] 3(+1)",
    "h3 =bdfhj 3j k +e, 2 e [f] h 1",
    "h3 =bdfhj +a, 1(+1) [b] d f 2",
    "h3 =bdfhj G +k, 2 f h [j] 1(+1)",
    "h3 =bdfhj G +k j, 3 h j [k] 0",
    "h3 =bdfhj +a +c g, 0 [a] b c 4",
    "h3 =abcdef G -a, 2 d e [f] 0",
    "h3 =abcdef G -a -b -c, 0 d e [f] 0",
    "h3 =abcdef g -f, 0 [a] b c 2",
    "h3 =abcdef 2j a>z, 0 b [c] d 3",
    "h3 =abcdef 3j b>z, 0 a c [d] 3",
    "h3 =abcdef j f>aa, 1 aa [b] c 2",
    // Its own ticket can move; then the rest moves along.
    "h3 =abcdef j b>z, 3 e f [z] 0",
    "h3 =abcdef j b>e2, 3 e [e2] f 0",
    "h3 =abcdef G f>a0, 0 a [a0] b 3",
    // What leaves the list stays until the cursor moves, if one sees it.
    "h3 =abcdef -b, 0 [a] -b c 3",
    "h3 =abcdef -b j, 0 a [c] d 2",
    "h3 =abcdef -a, 0 [-a] b c 3",
    "h3 =abcdef -a k, 0 [b] c d 2",
    "h3 =abcdef -a -b -c j, 0 [d] e f 0",
    "h3 =abcdef 2j -a -b k, 0 [c] d e 1",
    "h3 =abcdef 2j -a -b @c, 0 -a -b [c] 3",
    "h3 =abcdef -e, 0 [a] b c 2",
    "h3 =abcdef -b +b, 0 [a] b c 3",
    "h3 =abcdef j -b +b j, 0 a b [c] 3",
    "h3 =abcdef -b -b, 0 [a] -b c 3",
    "h3 =abc -a -b -c, 0 [-a] -b -c 0",
    "h3 =abc -a -b -c j, 0  0",
    "h3 =abc -a -b -c j +d, 0 [d] 0",
    "h3 =abcdef 4j -d -e @e, 2 c -d [-e] 1",
    "h3 =abcdef 4j -d @d, 2 c [-d] e 1",
    // Fewer rows than lines.
    "h5 =ab, 0 [a] b 0",
    "h5 =bc +a, 0 a [b] c 0",
    "h5 =bc j +a +d, 0 a b [c] d 0",
    "h5 =abc G -a k, 0 [b] c 0",
    "h3 =abcdef G -a -b -c -d k, 0 [e] f 0",
    "h3 +a, 0 [a] 0",
    "h3 -a, 0  0",
    "h3 j k G g @a, 0  0",
    // Other heights.
    "h3 =abcdef G h2, 4 e [f] 0",
    "h3 =abcdef G h5, 1 b c d e [f] 0",
    "h5 =abcdef 2j h1, 2 [c] 3",
    "h5 =abcdef 4j h2, 3 d [e] 1",
    "h3 =abcdef j h0, 1 [b] 4",
    // Another list.
    "h3 =abcdef 3j =ad, 0 a [d] 0",
    "h3 =abcdef 3j =xyz, 0 [x] y z 0",
    "h3 =abcdef 3j -c =abcdef, 1 b c [d] 2",
    "h3 =abcdef 3j =cdefgh, 0 c [d] e 3",
    "h3 =abcdef +0 =0abcdef, 1 [a] b c 3",
    // A newer reading of the same.
    "h3 =abcdef 3j ~acdef, 1 -b c [d] 2",
    "h3 =abcdef 3j ~abcef, 1 b c [-d] 2",
    "h3 =abcdef 3j ~abcef j, 1 b c [e] 1",
    "h3 =abcdef 3j ~abcde, 1 b c [d] 1",
    "h3 =abcdef 3j ~xyz, 0 -b -c [-d] 3",
    "h3 =abcdef ~0abcdef, 1 [a] b c 3",
    "h3 =abcdef +0 ~abcdef, 0 [a] b c 3",
    "h3 ~abc, 0 [a] b c 0"
  })
  void theCursorKeepsItsTicketAndItsLine(String script, String expected) {
    play(script);
    assertEquals(expected, drawn());
  }

  @Test
  void whatCameIsCountedUntilItIsSeen() {
    play("h3 =cdefg 2j +a +b +h +i");
    assertEquals("2(+2) c d [e] 4(+2)", drawn());
    play("G");
    assertEquals("6(+2) g h [i] 0", drawn());
    play("k k k k k k k");
    assertEquals("1(+1) [b] c d 5", drawn());
    play("k j");
    assertEquals("0 a [b] c 6", drawn());
  }

  @Test
  void whatCameAndLeftUnseenIsNotCounted() {
    play("h3 =cdefg +a +b -a");
    assertEquals("1(+1) [c] d e 2", drawn());
    rows.take(titled("a"), true, Notice.NONE, AT);
    assertEquals("2(+1) [c] d e 2", drawn());
  }

  @Test
  void aTicketThatComesToMatchCountsAsOneThatCame() {
    play("h2 =cd -a +a");
    assertEquals("1(+1) [c] d 0", drawn());
  }

  @Test
  void aChangeIsFreshForAWhile() {
    play("h3 =abc +b");
    ListRow row = rows.find(titled("b").id()).orElseThrow();
    assertTrue(row.isFresh(AT));
    assertTrue(row.isFresh(AT.plus(Duration.ofMillis(1_499))));
    assertFalse(row.isFresh(AT.plus(Duration.ofMillis(1_500))));
    assertFalse(rows.find(titled("a").id()).orElseThrow().isFresh(AT));
    // What nobody waits for takes nothing away from it, and neither does another list.
    rows.take(titled("b"), true, Notice.NONE, AT.plus(Duration.ofMillis(100)));
    play("~abc =abc");
    assertTrue(rows.find(titled("b").id()).orElseThrow().isFresh(AT.plus(Duration.ofSeconds(1))));
  }

  @Test
  void aTicketOfAnotherJournalTakesThePlaceOfOneWithItsNumber() {
    play("h3 =abc");
    rows.take(titled("b"), false, Notice.CHANGED, AT);
    Ticket other = ticket(2).title("b").id("20000000-0000-4000-8000-000000000002").make();
    rows.take(other, true, Notice.CHANGED, AT);
    assertEquals("0 [a] b c 0", drawn());
    rows.refresh(List.of(titled("a"), titled("b"), titled("c")), BY_TITLE);
    assertEquals("0 [a] b c 0", drawn());
    assertEquals(titled("b").id(), rows.visible().get(1).shown().id());
  }

  /** What the list should be, in the most obvious words. */
  private static final class Naive {
    private final Map<Long, Ticket> matching = new HashMap<>();
    private final Map<Long, Ticket> gone = new HashMap<>();

    List<Long> sorted() {
      Map<Long, Ticket> all = new HashMap<>(gone);
      all.putAll(matching);
      return all.values().stream().sorted(BY_TITLE).map(Ticket::number).toList();
    }
  }

  @Test
  void whateverHappensTheCursorIsOnATicketOneSees() throws Exception {
    SeededTest.run(
        random -> {
          for (int n = 0; n < 40; n++) {
            Naive naive = new Naive();
            ListRows rows = new ListRows();
            rows.show(List.of(), BY_TITLE);
            for (int step = 0; step < 300; step++) {
              step(random, rows, naive);
              check(rows, naive);
            }
          }
        });
  }

  private static void step(Random random, ListRows rows, Naive naive) {
    long before = selected(rows);
    int line = rows.selectedIndex() - rows.top();
    switch (random.nextInt(10)) {
      case 0 -> {
        rows.height(random.nextInt(12));
        assertEquals(before, selected(rows));
      }
      case 1, 2, 3 -> {
        rows.move(random.nextInt(9) - 4);
        naive.gone.clear();
      }
      case 4 -> {
        rows.moveTo(random.nextInt(60));
        naive.gone.clear();
      }
      case 5 -> {
        read(random, rows, naive);
        assertEquals(before == 0 ? selected(rows) : before, selected(rows));
      }
      default -> {
        happen(random, rows, naive);
        // The line stays, as far as there are rows to fill the window.
        if (before != 0) {
          assertEquals(before, selected(rows));
          int most = Math.max(0, rows.size() - rows.height());
          int top = Math.max(0, Math.min(rows.selectedIndex() - line, most));
          assertEquals(top, rows.top());
        }
      }
    }
  }

  private static long selected(ListRows rows) {
    return rows.selected().map(row -> row.shown().number()).orElse(0L);
  }

  private static void read(Random random, ListRows rows, Naive naive) {
    List<ListRow> seen = List.copyOf(rows.visible());
    naive.matching.values().removeIf(one -> random.nextInt(6) == 0);
    naive.gone.clear();
    for (ListRow row : seen) {
      if (!naive.matching.containsKey(row.shown().number())) {
        naive.gone.put(row.shown().number(), row.placed());
      }
    }
    rows.refresh(naive.matching.values().stream().sorted(BY_TITLE).toList(), BY_TITLE);
  }

  private static void happen(Random random, ListRows rows, Naive naive) {
    Ticket ticket = titled(Character.toString('a' + random.nextInt(26)), 1 + random.nextInt(40));
    boolean seen = rows.visible().stream().anyMatch(row -> row.shown().number() == ticket.number());
    ListRow row = rows.find(ticket.id()).orElse(null);
    boolean matches = random.nextInt(4) > 0;
    if (matches) {
      naive.matching.put(ticket.number(), ticket);
      naive.gone.remove(ticket.number());
    } else {
      naive.matching.remove(ticket.number());
      naive.gone.remove(ticket.number());
      if (row != null && seen) {
        naive.gone.put(ticket.number(), row.placed());
      }
    }
    rows.take(ticket, matches, random.nextBoolean() ? Notice.CHANGED : Notice.NONE, AT);
  }

  private static List<String> brief(List<ListRow> rows) {
    return rows.stream()
        .map(row -> row.shown().number() + row.shown().content().title() + row.gone())
        .toList();
  }

  private static void check(ListRows rows, Naive naive) {
    List<ListRow> all = new ArrayList<>();
    int height = rows.height();
    int top = rows.top();
    for (long id = 1; id <= 40; id++) {
      rows.find(ticket(id).make().id()).ifPresent(all::add);
    }
    assertEquals(rows.size(), all.size());
    all.sort((a, b) -> BY_TITLE.compare(a.placed(), b.placed()));
    List<Long> numbers = all.stream().map(row -> row.shown().number()).toList();
    assertEquals(naive.sorted(), numbers);
    assertEquals(
        naive.gone.keySet(),
        all.stream()
            .filter(ListRow::gone)
            .map(r -> r.shown().number())
            .collect(Collectors.toSet()));
    List<ListRow> window = rows.visible();
    assertEquals(brief(all.subList(top, Math.min(all.size(), top + height))), brief(window));
    assertEquals(rows.size() == 0, rows.selected().isEmpty());
    assertTrue(rows.size() == 0 || window.contains(rows.selected().orElseThrow()));
    assertTrue(top == 0 || window.size() == height, "the window is full if anything is above it");
    assertEquals(numbers.indexOf(selected(rows)), rows.selectedIndex());
    assertTrue(rows.arrivedAbove() <= top);
    assertTrue(rows.arrivedBelow() <= rows.size() - top - window.size());
  }

  @Test
  void aHundredThousandRowsTakeAThousandChangesInLessThanASecond() throws Exception {
    int size = 100_000;
    Ticket[] tickets = new Ticket[size];
    Random random = new Random(4);
    for (int i = 0; i < size; i++) {
      tickets[i] = titled("Ticket " + random.nextInt(), i + 1);
    }
    rows.height(40);
    rows.show(Arrays.stream(tickets).sorted(BY_TITLE).toList(), BY_TITLE);
    rows.moveTo(size / 2);
    ProcessorTime.assertAtMost(
        Duration.ofSeconds(1),
        () -> {
          for (int n = 0; n < 1_000; n++) {
            Ticket ticket = titled("Ticket " + random.nextInt(), 1 + random.nextInt(size + 2_000));
            rows.take(ticket, n % 5 > 0, Notice.CHANGED, AT);
            if (n % 30 == 0) {
              rows.move(1);
              assertTrue(rows.arrivedAbove() + rows.arrivedBelow() < 1_000);
            }
          }
          return rows;
        });
  }
}
