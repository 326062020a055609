package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RandomMessages;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.rules.RuleSamples;

/**
 * Requests of every kind by several agents about the tickets of one book: most make sense, some do
 * not, some are repeats. The same random numbers make the same ones.
 */
final class RandomRequests {
  private static final int TICKETS = 200;
  private static final int REPEATABLE = 300;

  private final Random random;
  private final RandomMessages anything;
  private final TicketBook book;
  private final List<Asker> askers;
  private final List<Request> earlier = new ArrayList<>();
  private long count;

  /** A request and who makes it. */
  record Request(Asker who, ClientMessage message) {}

  RandomRequests(Random random, TicketBook book, List<Asker> askers) {
    this.random = random;
    this.anything = new RandomMessages(random);
    this.book = book;
    this.askers = askers;
  }

  private String id() {
    return "r" + ++count;
  }

  /** Whether its request id is no other's; that of a wild one may be. */
  static boolean isOnes(ClientMessage message) {
    return message.requestId().startsWith("r");
  }

  Request next() {
    Asker who = somebody();
    int roll = random.nextInt(100);
    if (roll < 5) {
      return new Request(who, anything.client());
    }
    if (roll < 12) {
      return new Request(who, read());
    }
    if (roll < 14) {
      return new Request(who, Ask.cancel(id(), "r" + (count - random.nextInt(200))));
    }
    if (roll < 22 && !earlier.isEmpty()) {
      return repeat();
    }
    return remembered(new Request(who, identified(change())));
  }

  /** The last of the askers seldom asks. */
  private Asker somebody() {
    int others = askers.size() - 1;
    return askers.get(random.nextInt(20) == 0 ? others : random.nextInt(others));
  }

  private ClientMessage read() {
    return switch (random.nextInt(20)) {
      case 0 -> Ask.list(id());
      case 1 -> Ask.watch(id());
      case 2, 3, 4, 5, 6, 7 -> new ClientMessage.Ping(id());
      default -> Ask.show(id(), ref());
    };
  }

  /** The same request once more, or the same operation id for another. */
  private Request repeat() {
    Request first = earlier.get(random.nextInt(earlier.size()));
    ClientMessage.Change change = (ClientMessage.Change) first.message();
    ClientMessage.Change again =
        random.nextInt(10) == 0
            ? change().identified(id(), change.operationId())
            : Ask.again(id(), change);
    return new Request(first.who(), again);
  }

  private Request remembered(Request request) {
    if (((ClientMessage.Change) request.message()).operationId() != null) {
      if (earlier.size() == REPEATABLE) {
        earlier.set(random.nextInt(REPEATABLE), request);
      } else {
        earlier.add(request);
      }
    }
    return request;
  }

  private ClientMessage.Change identified(ClientMessage.Change change) {
    UUID operation = random.nextInt(5) < 2 ? new UUID(random.nextLong(), random.nextLong()) : null;
    return change.identified(id(), operation);
  }

  private ClientMessage.Change change() {
    if (book.size() < 5 || random.nextInt(book.size() < TICKETS ? 10 : 500) == 0) {
      return random.nextInt(4) == 0
          ? imported()
          : new ClientMessage.CreateTicket("", null, draft());
    }
    TicketRef ref = ref();
    return switch (random.nextInt(15)) {
      case 10, 11 -> new ClientMessage.LockTicket("", null, ref, null, terms(), patience(), null);
      case 12 -> new ClientMessage.LockTicket("", null, ref, null, terms(), null, breaking(ref));
      case 13 -> new ClientMessage.UnlockTicket("", null, ref, null, breaking(ref), null);
      case 14 -> claim();
      case 0, 1 -> new ClientMessage.LockTicket("", null, ref, null, terms(), null, null);
      case 2, 3 -> new ClientMessage.LockTicket("", null, ref, token(ref), terms(), null, null);
      case 4 ->
          new ClientMessage.UnlockTicket("", null, ref, maybe(token(ref)), null, maybe(giveBack()));
      case 5, 6 -> new ClientMessage.CommentTicket("", null, ref, "Comment " + word());
      default -> update(ref);
    };
  }

  private ClientMessage.ImportTicket imported() {
    Stamp stamp =
        new Stamp(RuleSamples.NOW.minusSeconds(random.nextInt(1_000_000)), RuleSamples.BOB);
    List<Comment> comments =
        Stream.generate(() -> new Comment(0, stamp.at(), stamp.by(), word()))
            .limit(random.nextInt(4))
            .toList();
    TicketId id = new TicketId(new UUID(0x5000, random.nextInt(50)));
    Ticket ticket =
        new Ticket(id, 1 + random.nextInt(300), draft(), stamp, stamp, 0, 0, comments.size(), null);
    return new ClientMessage.ImportTicket("", null, ticket, comments);
  }

  private ClientMessage.ClaimTicket claim() {
    String query =
        switch (random.nextInt(6)) {
          case 0 -> "tag:tag" + random.nextInt(30);
          case 1 -> "priority:>=high";
          case 2 -> "age:>1s";
          default -> "";
        };
    ClientMessage.ClaimTicket claim = Ask.claim("", query);
    return (random.nextBoolean() ? claim : claim.returning()).queued(maybe(patience()));
  }

  private GiveBack giveBack() {
    return random.nextBoolean() ? GiveBack.FAILED : GiveBack.UNTRIED;
  }

  private LockWait patience() {
    return random.nextInt(4) == 0
        ? LockWait.FOREVER
        : new LockWait(Duration.ofMillis(random.nextInt(10_000)));
  }

  private LockBreak breaking(TicketRef ref) {
    return new LockBreak(token(ref), random.nextInt(4) == 0 ? null : word());
  }

  private ClientMessage.UpdateTicket update(TicketRef ref) {
    Long token = random.nextInt(3) == 0 ? token(ref) : null;
    Long seen = random.nextInt(5) == 0 ? book.revision() - random.nextInt(500) : null;
    return new ClientMessage.UpdateTicket(
        "",
        null,
        ref,
        random.nextInt(4) == 0 ? TicketPatch.NOTHING.withTags(tags(), tags()) : patch(),
        token,
        seen == null ? null : Math.max(0, seen),
        random.nextInt(10) == 0);
  }

  private TicketPatch patch() {
    TicketPatch patch =
        TicketPatch.NOTHING
            .withIfAny(TicketField.TITLE, maybe("Title " + word()))
            .withIfAny(TicketField.DESCRIPTION, maybe("Text " + word()))
            .withIfAny(
                TicketField.STATUS,
                maybe(random.nextInt(3) == 0 ? TicketStatus.CLOSED : TicketStatus.OPEN))
            .withIfAny(TicketField.PRIORITY, maybe(Priority.values()[random.nextInt(4)]));
    AgentName assignee = maybe(askers.get(random.nextInt(askers.size())).agent());
    patch = maybe(patch, patch.with(TicketField.ASSIGNEE, assignee));
    patch = maybe(patch, patch.with(TicketField.REQUESTER, maybe(word())));
    patch = maybe(patch, patch.with(TicketField.REFERENCE, maybe(word())));
    return patch
        .withIfAny(TicketField.ATTEMPTS, maybe((long) random.nextInt(5)))
        .withTags(tags(), tags());
  }

  private TicketPatch maybe(TicketPatch patch, TicketPatch more) {
    TicketPatch chosen = maybe(more);
    return chosen == null ? patch : chosen;
  }

  private TicketContent draft() {
    return TicketContent.titled("Title " + word())
        .with(TicketField.REQUESTER, maybe(word()))
        .with(TicketField.REFERENCE, maybe(word()))
        .with(TicketField.TAGS, tags());
  }

  private LockTerms terms() {
    Duration ttl = Duration.ofMillis(1_000 + random.nextInt(20_000));
    return new LockTerms(maybe(ttl), maybe(word()), maybe("cli"));
  }

  /** Mostly the token that holds. */
  private Long token(TicketRef ref) {
    List<Ticket> found = book.matches(ref, 1);
    boolean held = !found.isEmpty() && found.get(0).isLocked();
    return held && random.nextInt(5) > 0
        ? found.get(0).lock().token()
        : (long) random.nextInt((int) book.revision() + 2);
  }

  private TicketRef ref() {
    int size = book.size();
    if (size == 0 || random.nextInt(50) == 0) {
      return TicketRef.of(1 + random.nextInt(size + 10));
    }
    Ticket ticket = book.tickets().get(random.nextInt(Math.min(size, 40)));
    return switch (random.nextInt(10)) {
      case 0, 1 -> TicketRef.of(ticket.id());
      case 2 -> TicketRef.parse(ticket.id().toString().substring(0, 9 + random.nextInt(20)));
      default -> TicketRef.of(ticket.number());
    };
  }

  private List<String> tags() {
    List<String> tags = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      tags.add("tag" + random.nextInt(30));
    }
    return tags.stream().distinct().toList();
  }

  private String word() {
    return "wörd 🧯 " + random.nextInt(20);
  }

  private <T> T maybe(T value) {
    return random.nextInt(3) == 0 ? value : null;
  }
}
