package org.lesbillets.cli.tui.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lesbillets.model.TicketMaker.NOW;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.SeededTest;

class ActivityTest {
  private static final Now START = new Now(-7_000_000_000L, NOW);

  private final Activity activity = new Activity();

  private static Now at(int seconds) {
    return START.plus(Duration.ofSeconds(seconds));
  }

  @Test
  void nothingIsKnownBeforeItBegins() {
    activity.change(START);
    assertArrayEquals(new int[0], activity.changes());
    assertArrayEquals(new int[0], activity.locks());
  }

  @Test
  void aMinuteHoldsWhatHappenedInIt() {
    activity.look(at(0), 3);
    activity.change(at(1));
    activity.change(at(59));
    activity.look(at(59), 5);
    activity.look(at(60), 2);
    activity.change(at(61));
    assertArrayEquals(new int[] {2, 1}, activity.changes());
    assertArrayEquals(new int[] {5, 2}, activity.locks());
  }

  @Test
  void minutesNobodyLookedInAreThereAllTheSame() {
    activity.look(at(0), 1);
    activity.change(at(5));
    activity.look(at(200), 4);
    assertArrayEquals(new int[] {1, 0, 0, 0}, activity.changes());
    assertArrayEquals(new int[] {1, 4, 4, 4}, activity.locks());
  }

  @Test
  void anHourIsKept() throws Exception {
    SeededTest.run(
        random -> {
          Activity one = new Activity();
          List<Integer> changes = new ArrayList<>();
          List<Integer> locks = new ArrayList<>();
          for (int minute = 0; minute < 150; minute++) {
            int most = 0;
            int count = random.nextInt(5);
            for (int second = 0; second < 60; second += 20) {
              int locked = random.nextInt(9);
              one.look(at(minute * 60 + second), locked);
              most = Math.max(most, locked);
            }
            for (int n = 0; n < count; n++) {
              one.change(at(minute * 60 + 50));
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
    activity.look(at(0), 1);
    activity.change(at(0));
    activity.look(at(3 * 86_400), 2);
    assertEquals(Activity.MINUTES, activity.changes().length);
    assertArrayEquals(new int[Activity.MINUTES], activity.changes());
  }

  private static int[] array(List<Integer> list, int from) {
    return list.subList(from, list.size()).stream().mapToInt(Integer::intValue).toArray();
  }
}
