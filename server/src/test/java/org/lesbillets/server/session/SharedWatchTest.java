package org.lesbillets.server.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.pubsub.EventChannel;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.update.ClientUpdater;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.world.FakeClock;

/** Many watches with few queries: the test runs the updater, and the workers that match. */
class SharedWatchTest {
  private static final AgentName ALICE = new AgentName("alice");
  private static final String SECRET = "hunter2";
  private static final Pattern MATCH = Pattern.compile("\"match\":\"(\\w+)\"");
  private static final Pattern ANSWER = Pattern.compile("\"requestId\":\"(a\\d+)\"");

  private static final Pattern EXPIRES = Pattern.compile("\"expiresInMillis\":(\\d+)");

  private static final int MANY = 100;

  /** Their JSON is more than twice what is kept for those who are behind. */
  private static final int LARGE = 300;

  /** Of an event it is that of the message; those of its ticket and lock come later. */
  private static final Pattern REVISION = Pattern.compile("\"revision\":(\\d+)");

  private static final List<String> QUERIES =
      List.of("tag:red", "tag:blue", "-tag:red", "by:me priority:normal", "ticket", "by:bob");

  private final SessionRig rig = new SessionRig(1024 * 1024);
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final EventChannel<Announcement> channel = new EventChannel<>();
  private final FakeClock clock = new FakeClock();
  private final UpdaterWorld world = new UpdaterWorld(clock);
  private final ClientUpdater updater =
      new ClientUpdater(
          channel.subscribe(100_000),
          new ClientUpdater.Dependencies(
              rig.log(),
              new Drainer(world),
              world,
              new FairLane(work::add, 1, 100),
              Duration.ofDays(1)));
  private final List<Watch> watches = new ArrayList<>();
  private final List<Ticket> tickets = new ArrayList<>();

  /** A session that watches, and what it has to receive. */
  private final class Watch {
    private final ScriptedSession client = new ScriptedSession(rig);
    private final TicketQuery query;
    private final List<String> expected = new ArrayList<>();

    /** Requests, and the revisions of their events. */
    private final Map<String, Long> asked = new HashMap<>();

    private boolean left;

    Watch(String query) {
      this.query = query(query);
      rig.watch(client.session(), this.query, null);
    }

    void expect(SequencedEvent event, Ticket before, Ticket after) {
      boolean redacts = event.event() instanceof WireEvent.TicketRedacted;
      Match match = Match.of(redacts || before != null && matches(before), matches(after));
      if (!left && match != null) {
        expected.add(event.revision() + " " + match.name().toLowerCase(Locale.ROOT));
      }
    }

    private boolean matches(Ticket ticket) {
      return query.matches(ticket, new QueryContext(ALICE, TicketMaker.NOW));
    }

    /** Events as "revision match". */
    List<String> received() {
      List<String> received = new ArrayList<>();
      for (Frame frame : client.transport().frames()) {
        String match = first(MATCH, frame);
        if (match != null) {
          received.add(first(REVISION, frame) + " " + match);
        }
      }
      return received;
    }

    boolean hasReceivedAll() {
      return received().size() >= expected.size()
          && client.transport().frames().stream().filter(f -> first(ANSWER, f) != null).count()
              >= asked.size();
    }

    /** Events in their order, and each answer once, behind its event. */
    void assertReceived() {
      assertEquals(expected, received(), query.text());
      Set<Long> seen = new HashSet<>();
      Set<String> answered = new HashSet<>();
      for (Frame frame : client.transport().frames()) {
        String answer = first(ANSWER, frame);
        long revision = Long.parseLong(first(REVISION, frame));
        if (answer == null) {
          seen.add(revision);
        } else {
          assertTrue(answered.add(answer), answer);
          boolean concerned = expected.stream().anyMatch(e -> e.startsWith(revision + " "));
          assertTrue(!concerned || seen.contains(revision), answer);
        }
      }
      assertEquals(asked.keySet(), answered);
    }
  }

  private static String first(Pattern pattern, Frame frame) {
    String text = frame.opcode() == Frame.PING ? "" : frame.text();
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static TicketQuery query(String text) {
    try {
      return TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void register() {
    rig.registerAt(updater);
  }

  @AfterEach
  void close() {
    watches.forEach(watch -> watch.client.close());
    rig.close();
  }

  private Watch watch(String query) {
    Watch watch = new Watch(query);
    watches.add(watch);
    return watch;
  }

  private SequencedEvent happens(WireEvent event, Ticket before, Ticket after) {
    SequencedEvent happened = rig.journal().add(event);
    channel.publish(new Announcement.Happened(happened, before, after));
    watches.forEach(watch -> watch.expect(happened, before, after));
    return happened;
  }

  private SequencedEvent created(String... tags) {
    Ticket ticket = TicketMaker.ticket(tickets.size() + 1).tags(tags).make();
    tickets.add(ticket);
    return happens(
        new WireEvent.TicketCreated(TicketMaker.NOW, ALICE, ticket, false), null, ticket);
  }

  private SequencedEvent updated(int index, TicketPatch patch) {
    Ticket before = tickets.get(index);
    Ticket after = before.patched(patch);
    tickets.set(index, after);
    return happens(
        new WireEvent.TicketUpdated(TicketMaker.NOW, ALICE, after, List.of(), false),
        before,
        after);
  }

  private SequencedEvent commented(int index) {
    Ticket before = tickets.get(index);
    Ticket after = before.withCommentCount(before.commentCount() + 1);
    tickets.set(index, after);
    Comment comment = new Comment(after.commentCount(), TicketMaker.NOW, ALICE, "c");
    return happens(
        new WireEvent.TicketCommented(TicketMaker.NOW, ALICE, after, comment), before, after);
  }

  private SequencedEvent redacted(int index) {
    Ticket before = tickets.get(index);
    TicketPatch patch = TicketPatch.of(TicketField.TITLE, Redaction.TEXT + " ticket");
    Ticket after = before.patched(patch);
    tickets.set(index, after);
    rig.journal().redact(before.id(), ticket -> ticket.patched(patch));
    return happens(
        new WireEvent.TicketRedacted(
            TicketMaker.NOW, ALICE, after, Redaction.ofField(TicketField.TITLE), null),
        before,
        after);
  }

  private void update() {
    world.round();
  }

  private void workOnce() {
    Runnable task = work.poll();
    if (task != null) {
      task.run();
    }
  }

  private void workAll() {
    rig.settle();
    update();
    while (!work.isEmpty()) {
      workOnce();
      update();
    }
  }

  private void assertEachReceives() {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              workAll();
              return watches.stream().allMatch(Watch::hasReceivedAll);
            });
    rig.settle();
    watches.forEach(Watch::assertReceived);
  }

  @Test
  void watchesWithAnEqualQueryEvaluateItOnceForAnEvent() {
    for (int i = 0; i < 40; i++) {
      watch(i % 2 == 0 ? "tag:red" : "ticket");
    }
    workAll();
    for (int i = 0; i < 10; i++) {
      created(i % 3 == 0 ? "red" : "blue");
      update();
    }
    assertEachReceives();
    assertEquals(2 * 10, updater.comparisons());
  }

  @Test
  void aWatchThatIsBehindIsMatchedAloneUntilItIsWhereItsEqualsAre() {
    watch("tag:red");
    workAll();
    Watch late = watch("tag:red");
    rig.settle();
    for (int i = 0; i < 5; i++) {
      created("red");
    }
    // The first has matched all of them when the other arrives.
    rig.registerAt((watch, revision) -> updater.register(watch, 0));
    Watch behind = watch("tag:red");
    behind.expected.addAll(late.expected);
    assertEachReceives();
    long before = updater.comparisons();
    created("red");
    assertEachReceives();
    assertEquals(1, updater.comparisons() - before);
  }

  @Test
  void largeEventsOfOneBatchAreOfferedBeforeTheyAreMoreThanIsKept() {
    manyWatch();
    int pages = rig.journal().pagesRead();
    long compared = updater.comparisons();
    for (int i = 0; i < LARGE; i++) {
      createdLarge();
      // A worker has its turn while the updater encodes.
      channel.publish(new Announcement.Passed(this::workOnce));
    }
    assertEachReceives();
    assertEquals(pages, rig.journal().pagesRead());
    assertEquals((long) LARGE * MANY, updater.comparisons() - compared);
  }

  @Test
  void watchesThatFallBehindTogetherReadTheJournalOnceAndEncodeWhatMatches() {
    manyWatch();
    int encoded = rig.eventsEncoded();
    int pages = rig.journal().pagesRead();
    for (int i = 0; i < LARGE; i++) {
      createdLarge();
    }
    created("t7");
    SequencedEvent renewed = created("t8");
    update();
    Watch keeper = watches.get(8);
    keeper.client.answer(renewed, "a1");
    keeper.asked.put("a1", renewed.revision());
    assertEachReceives();
    assertTrue(rig.journal().pagesRead() - pages <= 3 * LARGE / EventList.PAGE, "pages read");
    assertTrue(rig.eventsEncoded() - encoded <= 2, "encoded");
  }

  /** Each asks for a tag of its own, and is live. */
  private void manyWatch() {
    String[] tags = new String[MANY];
    for (int i = 0; i < MANY; i++) {
      tags[i] = "t" + i;
      watch("tag:" + tags[i]);
    }
    created(tags);
    assertEachReceives();
  }

  private void createdLarge() {
    Ticket ticket =
        TicketMaker.ticket(tickets.size() + 1)
            .tags("import")
            .make()
            .patched(TicketPatch.of(TicketField.DESCRIPTION, "x".repeat(64 * 1024)));
    tickets.add(ticket);
    happens(new WireEvent.TicketCreated(TicketMaker.NOW, ALICE, ticket, false), null, ticket);
  }

  @Test
  void aWatchWhosePlaceIsLeftMeanwhileFindsAnotherInTheChain() {
    Watch first = watch("tag:red");
    workAll();
    Watch late = watch("tag:red");
    rig.settle();
    for (int i = 0; i < 5; i++) {
      created("red");
    }
    workAll();
    int pages = rig.journal().pagesRead();
    rig.registerAt((watch, revision) -> updater.register(watch, 0));
    Watch behind = watch("tag:red");
    behind.expected.addAll(late.expected);
    rig.settle();
    update();
    leave(first);
    leave(late);
    created("red");
    assertEachReceives();
    assertEquals(pages, rig.journal().pagesRead());
  }

  @Test
  void replaysTellTheRemainingTimeOfLocksAndLaterEventsThatOfThePush() {
    locked(60_000);
    created("blue");
    locked(50_000);
    update();
    ScriptedSession client = new ScriptedSession(rig);
    rig.watch(client.session(), query("tag:red"), 0L);
    workAll();
    locked(40_000);
    workAll();
    List<String> left = new ArrayList<>();
    await()
        .until(
            () -> {
              left.clear();
              client.transport().frames().forEach(frame -> left.add(first(EXPIRES, frame)));
              left.removeIf(Objects::isNull);
              return left.size() == 3;
            });
    assertEquals(List.of("0", "0", "40000"), left);
    client.close();
  }

  private void locked(long remainingMillis) {
    Ticket after =
        TicketMaker.ticket(tickets.size() + 1)
            .tags("red")
            .locked("alice", Duration.ZERO, Duration.ofMillis(remainingMillis))
            .make();
    tickets.add(after);
    happens(new WireEvent.TicketCreated(TicketMaker.NOW, ALICE, after, false), null, after);
  }

  @Test
  void theUpdaterWelcomesArrivalsForASliceAndGoesOnInTheNextRound() {
    for (int i = 0; i < 5; i++) {
      watch("tag:red");
    }
    rig.settle();
    clock.lookTakes(Duration.ofMillis(1));
    assertEquals(0, world.round(), "more have arrived");
    assertEquals(0, world.round(), "more have arrived");
    assertTrue(world.round() > 0, "the last has gone live");
    clock.lookTakes(Duration.ZERO);
    created("red");
    assertEachReceives();
    assertEquals(1, updater.comparisons());
  }

  /** The worker compares an event with the watches it has found, and another one arrives. */
  @Test
  void whoArrivesWhileAnEventIsComparedReceivesItToo() {
    watch("tag:red");
    workAll();
    for (int i = 0; i < 3; i++) {
      watch("tag:red");
    }
    rig.settle();
    created("red");
    clock.lookTakes(Duration.ofMillis(1));
    assertEquals(0, world.round(), "the last has not been welcomed");
    clock.lookTakes(Duration.ZERO);
    clock.atNextNow(this::update);
    workOnce();
    created("red");
    assertEachReceives();
  }

  @Test
  void aMistakeInMatchingEndsTheSessionsAtThePlaceAndNoOther() {
    Watch one = watch("tag:red");
    Watch equal = watch("tag:red");
    workAll();
    channel.publish(new Announcement.Happened(rig.journal().next(), null, null));
    assertThrows(NullPointerException.class, this::workAll);
    assertEquals(SessionEnd.FAILED, one.client.awaitReason());
    assertEquals(SessionEnd.FAILED, equal.client.awaitReason());
    watches.clear();
    watch("tag:red");
    workAll();
    created("red");
    assertEachReceives();
  }

  @Test
  void aSlowMemberIsCutAndTheOthersAreNot() {
    Watch slow = watch("tag:red");
    Watch other = watch("tag:red");
    workAll();
    slow.client.transport().becomes(FakeTransport.Way.HELD);
    for (int i = 0; slow.client.reason() == null; i++) {
      assertTrue(i < 10_000, "not cut");
      created("red");
      update();
      workOnce();
      if (i % 64 == 0) {
        rig.settle();
      }
    }
    assertEquals(SessionEnd.OUTBOX_FULL, slow.client.reason());
    watches.remove(slow);
    created("red");
    assertEachReceives();
    assertTrue(other.received().size() > 1_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void eachReceivesWhatConcernsItWhoeverElseWatches(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    int answers = 0;
    created("red");
    update();
    for (int step = 0; step < 300; step++) {
      if (step == 150 && seed == 1) {
        burst();
      }
      Watch one = watches.isEmpty() ? null : watches.get(random.nextInt(watches.size()));
      switch (random.nextInt(13)) {
        case 0 -> watch(QUERIES.get(random.nextInt(QUERIES.size())));
        case 1 -> leave(one);
        case 2, 3, 4 -> workOnce();
        case 5 -> workAll();
        case 6 -> redacted(random.nextInt(tickets.size()));
        case 7 -> answered(one, "a" + answers++);
        default -> happensSomething(random);
      }
      update();
    }
    assertEachReceives();
    assertSecretsAreKept();
  }

  private void leave(Watch watch) {
    if (watch != null && !watch.left) {
      watch.left = true;
      rig.endWatch(watch.client.session());
      watches.remove(watch);
    }
  }

  /** More than the updater keeps for those who are behind. */
  private void burst() {
    for (int i = 0; i < 4_200; i++) {
      commented(i % tickets.size());
    }
  }

  private void answered(Watch watch, String requestId) {
    SequencedEvent event = updated(0, TicketPatch.of(TicketField.TITLE, "ticket " + SECRET));
    update();
    if (watch != null) {
      watch.client.answer(event, requestId);
      watch.asked.put(requestId, event.revision());
    }
  }

  private void happensSomething(Random random) {
    int index = random.nextInt(tickets.size());
    switch (random.nextInt(4)) {
      case 0 -> created(random.nextBoolean() ? "red" : "blue");
      case 1 -> updated(index, TicketPatch.NOTHING.withTags(List.of("red"), List.of("blue")));
      case 2 -> updated(index, TicketPatch.NOTHING.withTags(List.of(), List.of("red")));
      default -> commented(index);
    }
  }

  private void assertSecretsAreKept() {
    redacted(0);
    update();
    rig.settle();
    int[] before = watches.stream().mapToInt(w -> w.client.transport().frames().size()).toArray();
    assertEachReceives();
    for (int i = 0; i < before.length; i++) {
      List<Frame> frames = watches.get(i).client.transport().frames();
      for (Frame frame : frames.subList(before[i], frames.size())) {
        assertFalse(frame.text().contains(SECRET), frame.text());
      }
    }
  }
}
