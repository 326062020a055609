package org.lesbillets.cli.tui.state.list;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lesbillets.model.TicketMaker.NOW;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.SeededTest;

class ActivityTest {
  private static final Now START = new Now(-7_000_000_000L, NOW);

  private Activity activity = Activity.NONE;

  private static Now at(int seconds) {
    return START.plus(Duration.ofSeconds(seconds));
  }

  @Test
  void nothingIsKnownBeforeItBegins() {
    activity = activity.change();
    assertArrayEquals(new int[0], activity.changes());
    assertArrayEquals(new int[0], activity.locks());
  }

  @Test
  void aMinuteHoldsWhatHappenedInIt() {
    activity = activity.look(at(0), 3);
    activity = activity.change();
    activity = activity.change();
    activity = activity.look(at(59), 5);
    activity = activity.look(at(60), 2);
    activity = activity.change();
    assertArrayEquals(new int[] {2, 1}, activity.changes());
    assertArrayEquals(new int[] {5, 2}, activity.locks());
  }

  @Test
  void minutesNobodyLookedInAreThereAllTheSame() {
    activity = activity.look(at(0), 1);
    activity = activity.change();
    activity = activity.look(at(200), 4);
    assertArrayEquals(new int[] {1, 0, 0, 0}, activity.changes());
    assertArrayEquals(new int[] {1, 4, 4, 4}, activity.locks());
  }

  @Test
  void anHourIsKept() throws Exception {
    SeededTest.run(
        random -> {
          Activity one = Activity.NONE;
          List<Integer> changes = new ArrayList<>();
          List<Integer> locks = new ArrayList<>();
          for (int minute = 0; minute < 150; minute++) {
            int most = 0;
            int count = random.nextInt(5);
            for (int second = 0; second < 60; second += 20) {
              int locked = random.nextInt(9);
              one = one.look(at(minute * 60 + second), locked);
              most = Math.max(most, locked);
            }
            for (int n = 0; n < count; n++) {
              one = one.change();
            }
            changes.add(count);
            locks.add(most);
            int from = Math.max(0, changes.size() - Activity.MINUTES);
            assertArrayEquals(array(changes, from), one.changes());
            assertArrayEquals(array(locks, from), one.locks());
          }
        });
  }

  @Test
  void whoWasAwayForDaysComesBackToAnEmptyHour() {
    activity = activity.look(at(0), 1);
    activity = activity.change();
    activity = activity.look(at(3 * 86_400), 2);
    assertEquals(Activity.MINUTES, activity.changes().length);
    assertArrayEquals(new int[Activity.MINUTES], activity.changes());
  }

  private static int[] array(List<Integer> list, int from) {
    return list.subList(from, list.size()).stream().mapToInt(Integer::intValue).toArray();
  }
}
