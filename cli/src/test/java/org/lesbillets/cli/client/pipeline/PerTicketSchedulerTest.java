package org.lesbillets.cli.client.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.pipeline.TicketKey.Form;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;

/** What may be under way together, and what waits. */
class PerTicketSchedulerTest {
  private static final TicketRef ID = TicketRef.of(new TicketId(new UUID(7, 7)));

  private static TicketKey footprint(String word) {
    return switch (word) {
      case "none" -> new TicketKey(Form.NONE, null);
      case "new" -> new TicketKey(Form.NEW, null);
      case "any" -> new TicketKey(Form.ANY, null);
      case "id" -> new TicketKey(Form.ID, ID);
      default -> new TicketKey(Form.NUMBER, TicketRef.of(Long.parseLong(word)));
    };
  }

  /** What of all these begins while nothing is over yet. */
  @ParameterizedTest
  @CsvSource({
    "1 2 3, 1 2 3",
    "1 1 2, 1 2",
    "new new 1 2 new, new new 1 2 new",
    "none any none, none",
    "any any, any",
    "any 1, any",
    "1 any 2, 1",
    "1 id 2, 1",
    "id id new, id new",
    "new any, new",
    "any new, any",
    "none none 1 none id, none none 1 none",
  })
  void whatMayBeginTogether(String put, String begun) {
    PerTicketScheduler<String> lanes = new PerTicketScheduler<>();
    for (String word : put.split(" ")) {
      lanes.add(word, footprint(word));
    }
    List<String> given = new ArrayList<>();
    for (PerTicketScheduler.Slot<String> place = lanes.next();
        place != null;
        place = lanes.next()) {
      given.add(place.item());
    }
    assertEquals(begun, String.join(" ", given));
  }

  @Test
  void aRequestSaysWhatItIsAbout() {
    LockTerms terms = LockTerms.DEFAULT;
    assertEquals(
        new TicketKey(Form.NUMBER, TicketRef.of(17)),
        TicketKey.of(new ClientMessage.CommentTicket("1", null, TicketRef.of(17), "t")));
    assertEquals(
        new TicketKey(Form.ID, ID), TicketKey.of(new ClientMessage.GetTicket("1", ID, false)));
    assertEquals(
        new TicketKey(Form.NEW, null),
        TicketKey.of(new ClientMessage.CreateTicket("1", null, TicketContent.titled("t"))));
    assertEquals(
        new TicketKey(Form.ID, TicketRef.of(SampleMessages.ticket(3, 0).id())),
        TicketKey.of(
            new ClientMessage.ImportTicket("1", null, SampleMessages.ticket(3, 0), List.of())));
    assertEquals(new TicketKey(Form.NONE, null), TicketKey.of(new ClientMessage.Ping("1")));
    for (ClientMessage any :
        List.of(
            SampleMessages.list("1"),
            new ClientMessage.ClaimTicket("1", null, null, null, terms, false),
            new ClientMessage.CommentTicket("1", null, TicketRef.parse("3f2a"), "t"))) {
      assertEquals(new TicketKey(Form.ANY, null), TicketKey.of(any), any.type());
    }
  }

  /** Whether two of these must not be under way together. */
  private static boolean clash(TicketKey one, TicketKey other) {
    if (one.form() == Form.NONE || other.form() == Form.NONE) {
      return false;
    }
    if (one.form() == Form.ANY || other.form() == Form.ANY) {
      return true;
    }
    if (one.form() == Form.NEW || other.form() == Form.NEW) {
      return false;
    }
    return one.form() != other.form() || one.ref().equals(other.ref());
  }

  private static TicketKey random(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> footprint("any");
      case 1 -> footprint("new");
      case 2 -> footprint("none");
      case 3, 4 ->
          new TicketKey(Form.ID, TicketRef.of(new TicketId(new UUID(1, random.nextInt(3)))));
      default -> footprint(Integer.toString(1 + random.nextInt(4)));
    };
  }

  @Test
  void nothingThatClashesIsUnderWayTogetherAndAllComeToTheirTurn() throws Exception {
    SeededTest.run(
        random -> {
          for (int round = 0; round < 200; round++) {
            play(random, 60);
          }
        });
  }

  private static void play(Random random, int count) {
    PerTicketScheduler<Integer> lanes = new PerTicketScheduler<>();
    List<TicketKey> all = new ArrayList<>();
    List<PerTicketScheduler.Slot<Integer>> underWay = new ArrayList<>();
    List<Integer> over = new ArrayList<>();
    while (over.size() < count) {
      if (all.size() < count && random.nextBoolean()) {
        TicketKey one = random(random);
        lanes.add(all.size(), one);
        all.add(one);
      }
      PerTicketScheduler.Slot<Integer> next = random.nextInt(3) == 0 ? null : lanes.next();
      if (next != null) {
        check(next.item(), all, over);
        underWay.add(next);
      } else if (!underWay.isEmpty()) {
        PerTicketScheduler.Slot<Integer> done = underWay.remove(random.nextInt(underWay.size()));
        over.add(done.item());
        lanes.done(done);
      } else if (all.size() == count && over.size() < count) {
        next = lanes.next();
        assertTrue(next != null, "nothing goes on after " + over + " of " + all);
        check(next.item(), all, over);
        underWay.add(next);
      }
    }
    assertNull(lanes.next());
  }

  /** Whatever came before it and clashes with it is over. */
  private static void check(int item, List<TicketKey> all, List<Integer> over) {
    for (int before = 0; before < item; before++) {
      if (clash(all.get(before), all.get(item))) {
        assertTrue(over.contains(before), item + " began before the end of " + before + ": " + all);
      }
    }
  }
}
