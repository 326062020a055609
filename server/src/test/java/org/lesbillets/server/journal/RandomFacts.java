package org.lesbillets.server.journal;

import static org.lesbillets.server.journal.Facts.ALICE;
import static org.lesbillets.server.journal.Facts.NOON;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/** A seeded source of appends that fit a book: about a fifth are creates. */
public final class RandomFacts {
  private static final List<String> WORDS =
      List.of("printer", "été", "🧯 fire", "VPN\tdown", "line\nbreak", "\\back", "'quote'", "");

  private final Random random;

  public RandomFacts(long seed) {
    this.random = new Random(seed);
  }

  /** The seed of this run: {@code -Djournal.seed=N}, or a fresh one. */
  public static long seed() {
    return Long.getLong("journal.seed", System.nanoTime());
  }

  public Append next(TicketBook book) {
    if (book.size() == 0 || random.nextInt(5) == 0) {
      return created();
    }
    Ticket ticket = book.tickets().get(random.nextInt(book.size()));
    return switch (random.nextInt(4)) {
      case 0 -> Facts.comment(ticket, text());
      case 1 -> ticket.isLocked() ? Facts.unlock(ticket) : Facts.lock(ticket, note());
      case 2 -> Facts.retitle(ticket, "t " + text(), null);
      default -> patched(ticket);
    };
  }

  private Append created() {
    TicketContent draft =
        TicketContent.titled("t " + text())
            .with(
                TicketField.DESCRIPTION,
                random.nextInt(4) == 0 ? "" : text().repeat(random.nextInt(200)))
            .with(TicketField.PRIORITY, Priority.values()[random.nextInt(4)])
            .with(TicketField.ASSIGNEE, random.nextBoolean() ? ALICE : null)
            .with(TicketField.REQUESTER, note())
            .with(TicketField.REFERENCE, note())
            .with(TicketField.TAGS, List.of("x", "é").subList(0, random.nextInt(3)));
    UUID id = new UUID(random.nextLong(), random.nextLong());
    long wanted = 1 + random.nextInt(500);
    if (random.nextInt(4) == 0) {
      String[] comments =
          Stream.generate(this::text).limit(random.nextInt(4)).toArray(String[]::new);
      return Facts.imported(id, wanted, "t " + text(), comments);
    }
    Operation operation = new Operation(ALICE, id, "create", true);
    return Facts.create(id, random.nextInt(3) == 0 ? wanted : 0, draft, operation);
  }

  private Append patched(Ticket ticket) {
    TicketPatch patch =
        TicketPatch.NOTHING
            .withIfAny(TicketField.DESCRIPTION, random.nextBoolean() ? text() : null)
            .withIfAny(TicketField.STATUS, TicketStatus.values()[random.nextInt(2)])
            .with(TicketField.ASSIGNEE, random.nextBoolean() ? ALICE : null)
            .with(TicketField.REQUESTER, note())
            .withIfAny(
                TicketField.ATTEMPTS, random.nextBoolean() ? Long.valueOf(random.nextInt(9)) : null)
            .withTags(List.of("new " + random.nextInt(9)), List.of("x"));
    Ticket changed =
        ticket
            .patched(patch)
            .withUpdated(new Stamp(NOON.plusMillis(random.nextInt(100_000)), ALICE));
    UUID id = new UUID(random.nextLong(), random.nextLong());
    return new Append(
        ticket.revision(),
        new Operation(ALICE, id, "patch", false),
        new WireEvent.TicketUpdated(
            changed.updated().at(),
            ALICE,
            random.nextBoolean() ? changed : changed.withLock(null),
            changed.content().changesSince(ticket.content()),
            false));
  }

  private String text() {
    return WORDS.get(random.nextInt(WORDS.size())) + " " + random.nextInt(1_000);
  }

  private String note() {
    return random.nextBoolean() ? text() : null;
  }
}
