package org.lesbillets.server.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A mistake that can be put into a copy of one source, to see that the simulation finds it.
 * Immutable.
 *
 * @param name what is wrong
 * @param source of the class, below the project's root
 * @param right text that stands there once
 * @param wrong what replaces it
 */
record PlantedBug(String name, String source, String right, String wrong) {
  private static final String SERVER = "server/src/main/java/org/lesbillets/server/";
  private static final String MODEL = "model/src/main/java/org/lesbillets/model/";
  private static final String DISK =
      "server/src/simulation/java/org/lesbillets/server/simulation/SimulatedJournal.java";

  static final List<PlantedBug> ALL =
      List.of(
          new PlantedBug(
              "a lease has half its time",
              SERVER + "desk/index/LeaseClock.java",
              "long deadline = elapsedNanos() + ttlNanos;",
              "long deadline = elapsedNanos() + ttlNanos / 2;"),
          new PlantedBug(
              "leases are not started after a restart",
              SERVER + "desk/queue/DeskState.java",
              "      if (ticket.isLocked()) {\n        leases.start(ticket);",
              "      if (ticket.number() < 0) {\n        leases.start(ticket);"),
          new PlantedBug(
              "the last to wait gets the lock first",
              SERVER + "desk/queue/WaitQueue.java",
              "ARRIVAL = Comparator.comparingLong(Waiter::ordinal);",
              "ARRIVAL = Comparator.comparingLong(waiter -> -waiter.ordinal());"),
          new PlantedBug(
              "a refusal does not look for the operation's effect",
              SERVER + "desk/request/IdempotencyCheck.java",
              "    orElse(request, () -> replies.rejected(request, why));",
              "    replies.rejected(request, why);"),
          new PlantedBug(
              "an append forgets its idempotency key",
              SERVER + "desk/request/ChangeRequest.java",
              "new Append(expected, operation, ",
              "new Append(expected, null, "),
          new PlantedBug(
              "a watch joins the log one event early",
              SERVER + "session/FrameSegment.java",
              "found >= 0 ? found + 1 : -found - 1",
              "found >= 0 ? found : -found - 1"),
          new PlantedBug(
              "an answer does not wait for the push",
              SERVER + "session/SessionFeed.java",
              "      return cursor.position();\n    }\n    boolean joining",
              "      return Long.MAX_VALUE;\n    }\n    boolean joining"),
          new PlantedBug(
              "a silent peer is never cut",
              SERVER + "session/LivenessMonitor.java",
              "limits.silence().toNanos()",
              "99 * limits.silence().toNanos()"),
          new PlantedBug(
              "the server's own pause is not forgiven",
              SERVER + "world/RunningClock.java",
              "boolean paused = gap > PAUSE_NANOS;",
              "boolean paused = gap < 0;"),
          new PlantedBug(
              "a watch with a query misses what leaves it",
              SERVER + "session/FilteredWatch.java",
              "before != null && query.matches(before, now), matches",
              "matches, matches"),
          new PlantedBug(
              "an expired claim stays with its worker",
              MODEL + "rules/LockRules.java",
              "    Ticket back = returned ? backInPool(ticket) : ticket;\n"
                  + "    Ticket after = returned",
              "    Ticket back = ticket;\n    Ticket after = returned"),
          new PlantedBug(
              "who waits is passed over while it is asked whether it is there",
              SERVER + "desk/queue/PeerProbes.java",
              "desk.execute(() -> answered(requester)));\n      return Presence.ASKED;",
              "desk.execute(() -> answered(requester)));\n      return Presence.ABSENT;"),
          new PlantedBug(
              "a waiting claim is offered nothing that is claimable again",
              SERVER + "desk/claim/ClaimQueue.java",
              "    if (after.isClaimable()) {\n      offers.add(after.id());",
              "    if (after.commentCount() < 0) {\n      offers.add(after.id());"),
          new PlantedBug(
              "a waiting claim whose connection is gone waits on",
              SERVER + "desk/claim/ClaimSearches.java",
              "      if (claim.chosen == null) {\n"
                  + "        end(claim.request);\n"
                  + "        idempotency.dropped",
              "      if (claim.confirmed) {\n"
                  + "        end(claim.request);\n"
                  + "        idempotency.dropped"),
          new PlantedBug(
              "a claim that would wait is told that there is nothing",
              SERVER + "desk/claim/ClaimSearches.java",
              "    if (claim.waits) {\n      runner.leave(claim);",
              "    if (claim.waits && claim.resting) {\n      runner.leave(claim);"),
          new PlantedBug(
              "a waiting claim that is gone keeps its ticket",
              SERVER + "desk/queue/LockHandover.java",
              "    if (!present) {",
              "    if (!present && present) {"),
          new PlantedBug(
              "two raises at once open two tickets of a key",
              SERVER + "desk/Raises.java",
              "    TicketId other = opening.putIfAbsent(key, after.id());",
              "    TicketId other = null;"),
          new PlantedBug(
              "an open ticket of a key is raised once more by another",
              SERVER + "desk/Raises.java",
              "    Optional<Ticket> open = state.book().findByKey(raise.key());",
              "    Optional<Ticket> open = Optional.empty();"),
          new PlantedBug(
              "a sleep never ends after a restart",
              SERVER + "desk/queue/DeskState.java",
              "      wakes.follow(ticket);\n      if (ticket.isLocked()) {",
              "      if (ticket.isLocked()) {"),
          new PlantedBug(
              "a sleep that is changed ends when it was to end first",
              SERVER + "desk/index/WakeClock.java",
              "known == null || !known.end.equals(end)",
              "known == null"),
          new PlantedBug(
              "what is redacted stays in the log of frames",
              SERVER + "update/ClientUpdater.java",
              "    recent.forget();\n    log.seal();",
              "    recent.forget();"),
          new PlantedBug(
              "events are delivered before the sync",
              DISK,
              "    disk.write(entry);\n    model.add(entry);",
              "    disk.write(entry);\n    model.add(entry);\n    tail.deliver(event);"));

  /**
   * The source with the mistake in it.
   *
   * @throws IllegalStateException if the source has changed, and the mistake has no place in it
   */
  String planted(Path root) throws IOException {
    String text = Files.readString(root.resolve(source));
    int at = text.indexOf(right);
    if (at < 0 || text.indexOf(right, at + 1) >= 0) {
      throw new IllegalStateException(source + " has not once: " + right);
    }
    return text.replace(right, wrong);
  }
}
