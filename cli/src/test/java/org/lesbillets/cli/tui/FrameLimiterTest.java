package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameLimiterTest {
  private static final long BEGIN = TimeUnit.MILLISECONDS.toNanos(-7);

  /**
   * Plays a script: {@code @9} is the time in milliseconds, {@code c} a change nobody waits for,
   * {@code k} one that somebody does, {@code w} a frame that is written, {@code s} one in which
   * nothing differs. Then tells in how many milliseconds the next is due.
   */
  @ParameterizedTest
  @CsvSource({
    // The first frame is due at once.
    "@0, 0",
    "@5, -5",
    // Without a change there is none.
    "@0 w, never",
    "@0 w @90, never",
    "@0 w @1 k @33 w @40, never",
    // At most one in 33 ms.
    "@0 w @1 c, 32",
    "@0 w @1 k, 32",
    "@0 w @33 c, 0",
    "@0 w @40 c, -7",
    "@0 w @40 c @40 w @41 c, 32",
    // One in which nothing differs does not count for whoever has pressed a key.
    "@0 w @50 c s @51 k, -18",
    "@0 w @50 c s @51 c, 32",
    "@0 w @50 c s @51 c k, -18",
    "@0 w @50 c s @51 k c, -18",
    "@0 w @50 c w @51 k, 32",
    "@0 w @10 c @33 s @34 k, -1",
    // Nobody waits for the one after it.
    "@0 w @50 k s @51 c, 32"
  })
  void isDue(String script, String expected) {
    FrameLimiter pace = new FrameLimiter(BEGIN);
    long now = BEGIN;
    for (String act : script.split(" ")) {
      switch (act) {
        case "c" -> pace.changed(false);
        case "k" -> pace.changed(true);
        case "w" -> pace.drawn(now, true);
        case "s" -> pace.drawn(now, false);
        default -> now = BEGIN + TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(act.substring(1)));
      }
    }
    long due = pace.untilDue(now);
    long never = Long.MAX_VALUE;
    assertEquals(expected, due == never ? "never" : "" + TimeUnit.NANOSECONDS.toMillis(due));
  }
}
