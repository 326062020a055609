package org.lesbillets.cli.tui.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.lesbillets.model.TicketMaker.NOW;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkStateTest {
  private static final Now START = new Now(5_000_000_000L, NOW);
  private static final String CAUSE = "the server is restarting";

  private static Now at(double seconds) {
    return START.plus(Duration.ofMillis(Math.round(seconds * 1_000)));
  }

  private static LinkState live(double seconds) {
    return LinkState.unborn(START.nanos()).live(at(seconds).nanos());
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, live",
    "4.9, false, live",
    "5, false, live",
    "5.1, true, stale 5 s",
    "12.9, true, stale 12 s",
    "75, true, stale 75 s"
  })
  void whatSaysNothingIsNotCalledLive(double seconds, boolean stale, String words) {
    assertEquals(words, live(0).words(at(seconds)));
    assertEquals(stale, live(0).isStale(at(seconds)));
    assertEquals("live", live(0).heard(at(seconds).nanos()).words(at(seconds)));
  }

  @Test
  void theRestOfTheProgramCallsTheSameSilenceStale() {
    Now last = START.plus(LinkState.PULSE);
    assertEquals("live", live(0).words(last));
    assertEquals("stale 5 s", live(0).words(last.plus(Duration.ofMillis(1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|0.25|0|reconnecting (try 1, next in 1 s)",
        "1|1|0|reconnecting (try 1, next in 1 s)",
        "2|1.001|0|reconnecting (try 2, next in 2 s)",
        "3|3|0|reconnecting (try 3, next in 3 s)",
        "3|3|2.5|reconnecting (try 3, next in 1 s)",
        "3|3|4|reconnecting (try 3, next in 1 s)",
        "9|70|59|reconnecting (try 9, next in 11 s)",
        "9|70|60.1|offline 1 min (try 9, next in 10 s)",
        "9|4000|3600|offline 60 min (try 9, next in 400 s)"
      })
  void itSaysWhatItTriesAndWhen(int attempt, double next, double now, String words) {
    LinkState link = live(0).waiting(attempt, at(next).nanos(), CAUSE);
    assertEquals(words, link.words(at(now)));
    assertEquals(true, link.isStale(at(now)));
    assertEquals(CAUSE, link.cause());
  }

  @Test
  void theFirstAttemptIsNotASecondOne() {
    LinkState unborn = LinkState.unborn(START.nanos());
    assertEquals("connecting", unborn.words(START));
    assertEquals("connecting", unborn.connecting(1).words(at(3)));
    assertEquals(true, unborn.isStale(START));
    LinkState second = unborn.waiting(2, at(1).nanos(), CAUSE).connecting(2);
    assertEquals("reconnecting (try 2)", second.words(at(1)));
    assertEquals("offline 2 min (try 2)", second.words(at(120)));
  }

  @Test
  void whatIsGivenUpIsOffline() {
    LinkState link = live(0).givenUp(CAUSE);
    assertEquals("offline", link.words(START));
    assertEquals(true, link.isStale(START));
    assertEquals(CAUSE, link.cause());
  }

  @Test
  void whoIsLiveAgainForgetsWhy() {
    LinkState link = live(0).waiting(4, at(9).nanos(), CAUSE).connecting(4).live(at(10).nanos());
    assertEquals("live", link.words(at(11)));
    assertNull(link.cause());
    assertEquals(0, link.attempt());
  }

  @Test
  void whatIsHeardCountsOnlyWhileLive() {
    LinkState link = live(0).waiting(1, at(2).nanos(), CAUSE);
    assertEquals(link, link.heard(at(1).nanos()));
    assertEquals(START.nanos(), link.heardNanos());
  }
}
