package org.lesbillets.server.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Look-ups see what was changed before they were asked for, and cannot pile up. */
class GroupLookupsTest {
  private final LinkedBlockingQueue<Set<Long>> answers = new LinkedBlockingQueue<>();
  private final AtomicInteger asked = new AtomicInteger();

  private Set<Long> answer(String user) throws InterruptedException {
    asked.incrementAndGet();
    return answers.take();
  }

  @Test
  void whoeverComesDuringALookUpSharesTheNext() throws Exception {
    try (GroupLookups lookups = new GroupLookups(this::answer)) {
      CompletableFuture<Set<Long>> first = lookups.groupsOf("alice");
      CompletableFuture<Set<Long>> second = lookups.groupsOf("alice");
      CompletableFuture<Set<Long>> third = lookups.groupsOf("alice");
      assertNotSame(first, second);
      assertSame(second, third);
      answers.add(Set.of(1L));
      assertEquals(Set.of(1L), first.get());
      assertFalse(second.isDone());
      answers.add(Set.of(2L));
      assertEquals(Set.of(2L), third.get());
      assertEquals(2, asked.get());
      answers.add(Set.of(3L));
      assertEquals(Set.of(3L), lookups.groupsOf("alice").get());
    }
  }

  @Test
  void aUserWhoseLookUpHangsDelaysNoOther() throws Exception {
    CompletableFuture<Set<Long>> never = new CompletableFuture<>();
    try (GroupLookups lookups =
        new GroupLookups(user -> user.equals("bob") ? Set.of(7L) : never.get())) {
      for (int i = 0; i < 100; i++) {
        assertFalse(lookups.groupsOf("alice").isDone());
      }
      assertEquals(Set.of(7L), lookups.groupsOf("bob").get());
    }
  }

  @Test
  void lookUpsBeyondTheBoundFail() {
    List<CompletableFuture<Set<Long>>> all = new ArrayList<>();
    try (GroupLookups lookups = new GroupLookups(this::answer)) {
      for (int i = 0; i < GroupLookups.THREADS + GroupLookups.MAX_WAITING; i++) {
        all.add(lookups.groupsOf("user" + i));
        assertFalse(all.get(i).isDone());
      }
      assertThrows(CompletionException.class, () -> lookups.groupsOf("one-more").join());
    }
  }

  @Test
  void aFailureIsOneOfItsOwn() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (GroupLookups lookups =
        new GroupLookups(
            user -> {
              if (calls.incrementAndGet() == 1) {
                throw new IOException("no answer in time");
              }
              return Set.of(4L);
            })) {
      assertThrows(CompletionException.class, () -> lookups.groupsOf("alice").join());
      assertEquals(Set.of(4L), lookups.groupsOf("alice").get());
    }
  }

  @Test
  void theMachineIsAsked() throws Exception {
    String user = System.getProperty("user.name");
    assertEquals(OptionalLong.empty(), NameService.groupId("no-such-group"));
    assertEquals(OptionalLong.of(0), NameService.groupId("root"));
    assertEquals(Set.of(), NameService.groupsOf("no-such-user"));
    assertFalse(NameService.groupsOf(user).isEmpty());
  }
}
