package org.lesbillets.server.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.model.SeededTest;
import org.lesbillets.server.soak.inject.Injection;
import org.lesbillets.tidy.RequiredTools;

/**
 * The small forms of the fault commands in scripts/; times depend on the machine, and are not
 * judged here.
 */
class FaultRunsTest {
  @TempDir Path directory;

  private static int seed(Random random) {
    return random.nextInt(1 << 24);
  }

  private void isWell(FaultRun scenario) throws Exception {
    FaultReport report = scenario.run(directory);
    assertEquals(0, report.violations().count(), report::toString);
  }

  @Test
  void killsLoseDoubleAndReorderNothing() throws Exception {
    SeededTest.run(
        random -> isWell(new CrashRun(new CrashRun.Plan(2, 200, 60, seed(random), true))));
  }

  @Test
  void aServerThatIsTerminatedUnderLoadExitsWithZeroAndLosesNothing() throws Exception {
    SeededTest.run(
        random -> isWell(new CrashRun(new CrashRun.Plan(1, 200, 60, seed(random), false))));
  }

  @Test
  void aLostAnswerIsRetriedWithOneEffect() throws Exception {
    SeededTest.run(random -> isWell(new LostAnswersRun(200, seed(random))));
  }

  @Test
  void stoppedReadersCostNothingToSpeakOf() throws Exception {
    SeededTest.run(random -> isWell(new StallRun(new StallRun.Plan(10, 80, seed(random), false))));
  }

  @Test
  void everyImageOfAPowerCutHasWhatWasAcknowledged() throws Exception {
    RequiredTools.find("strace", "strace");
    SeededTest.run(random -> isWell(new PowerRun(new PowerRun.Plan(20, 1, 40, seed(random)))));
  }

  @Test
  void aCallThatFailsOrKillsLosesNothing() throws Exception {
    RequiredTools.find("strace", "strace");
    InjectRun.Plan.Counts once = new InjectRun.Plan.Counts(24, 24, 1, 1);
    Set<Injection.Kind> kinds = EnumSet.of(Injection.Kind.SIGKILL, Injection.Kind.EIO);
    SeededTest.run(
        random ->
            isWell(new InjectRun(new InjectRun.Plan(kinds, List.of("fsync"), once, seed(random)))));
  }

  @Test
  void aFlippedBitIsNeverASilentWrongAnswer() throws Exception {
    SeededTest.run(random -> isWell(new BitRun(BitRun.Plan.everywhere(32, 60, seed(random)))));
  }

  @Test
  void malformedInputsDisturbNoValidClient() throws Exception {
    SeededTest.run(random -> isWell(new FloodRun(flood(FloodRun.Kind.INPUTS, 600, seed(random)))));
  }

  @Test
  void wrongTokensDisturbNoValidClient() throws Exception {
    SeededTest.run(random -> isWell(new FloodRun(flood(FloodRun.Kind.TOKENS, 600, seed(random)))));
  }

  @Test
  void aChangeReachesAllIdleSessions() throws Exception {
    SeededTest.run(random -> isWell(new FloodRun(flood(FloodRun.Kind.IDLE, 200, seed(random)))));
  }

  private static FloodRun.Plan flood(FloodRun.Kind kind, int count, int seed) {
    return new FloodRun.Plan(kind, count, 600, seed);
  }
}
