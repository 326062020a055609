package org.lesbillets.cli.client.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A heartbeat on a clock of the test. */
final class HeartbeatTest {
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);

  /** Far from zero, as the real one. */
  private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);

  private int pings;
  private final List<String> cut = new ArrayList<>();
  private final IdleTracker silence = new IdleTracker(() -> nanos);
  private final Heartbeat heartbeat =
      new Heartbeat(new RecordingLine(), KeepAlive.STANDARD, silence, () -> nanos);

  /** Counts pings, and keeps the reasons for which it was closed. */
  private final class RecordingLine implements WebSocketConnection {
    @Override
    public void send(String text) {
      throw new AssertionError(text);
    }

    @Override
    public void ping() {
      pings++;
    }

    @Override
    public void close(int code, String reason) {
      cut.add(reason);
      heartbeat.close();
    }
  }

  /** Lets the heartbeat tick for so long. */
  private void run(double seconds) {
    for (long left = Math.round(seconds * 2); left > 0 && cut.isEmpty(); left--) {
      nanos += TICK;
      heartbeat.tick();
    }
  }

  /** Stops the process for so long. */
  private void pause(double seconds) {
    nanos += (long) (seconds * 1e9);
    heartbeat.tick();
  }

  @Test
  void aSilentPeerIsPingedTwiceAndCutAfterTenSeconds() {
    run(9.5);
    assertEquals(List.of(), cut);
    assertEquals(2, pings);
    run(0.5);
    assertEquals(List.of("the server was silent for 10 s"), cut);
  }

  @Test
  void anyBytesAreLife() {
    for (int i = 0; i < 20; i++) {
      run(9);
      silence.bytes();
    }
    assertEquals(List.of(), cut);
    run(10.5);
    assertEquals(1, cut.size());
  }

  @Test
  void whatIsWorkedOffForLongIsNoSilence() {
    silence.begin();
    run(60);
    assertEquals(List.of(), cut);
    silence.end();
    run(9.5);
    assertEquals(List.of(), cut);
  }

  /** Of each tick no more counts than twice its usual length. */
  @Test
  void aShortPauseOfItsOwnIsForgivenAndAPingFollowsAtOnce() {
    run(2);
    for (int i = 1; i <= 7; i++) {
      pause(4);
      assertEquals(i, pings);
    }
    assertEquals(List.of(), cut);
  }

  @ParameterizedTest
  @ValueSource(doubles = {6, 45, 100_000})
  void afterALongPauseAnAnswerIsExpectedWithinTwoSeconds(double seconds) {
    run(3);
    pause(seconds);
    assertEquals(1, pings);
    assertEquals(List.of(), cut);
    run(1.5);
    assertEquals(List.of(), cut);
    run(0.5);
    assertEquals(1, cut.size());
  }

  @Test
  void anAnswerAfterALongPauseRestoresTheUsualPatience() {
    pause(45);
    run(1);
    silence.bytes();
    run(9.5);
    assertEquals(List.of(), cut);
    run(1);
    assertEquals(List.of("the server was silent for 10 s"), cut);
  }

  @Test
  void aProbeCutsASilentConnectionAtOnce() {
    run(6);
    assertFalse(heartbeat.isSilent());
    run(0.5);
    assertTrue(heartbeat.isSilent());
    heartbeat.probe();
    assertEquals(List.of("the server was silent for 6.5 s"), cut);
  }

  @Test
  void aProbeOfALivelyConnectionPingsAndExpectsAnAnswer() {
    run(1);
    heartbeat.probe();
    assertEquals(1, pings);
    silence.bytes();
    run(9);
    assertEquals(List.of(), cut);
    silence.bytes();
    run(0.5);
    heartbeat.probe();
    run(1.5);
    assertEquals(List.of(), cut);
    run(0.5);
    assertEquals(1, cut.size());
  }

  /** Who waits in line loses the place with the connection. */
  @Test
  void whoWaitsInLineIsAsPatientAsTheServer() {
    assertEquals(Duration.ofSeconds(25), KeepAlive.PATIENT.silenceLimit());
  }
}
