package org.lesbillets.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/**
 * Makes tickets as people write them, in many scripts and sizes, all within the limits of the
 * protocol. The same seed makes the same ones. Times are whole milliseconds.
 */
public final class RandomTickets {
  private static final Instant START = Instant.parse("2026-01-05T07:00:00Z");
  private static final long YEAR_MILLIS = 365L * 24 * 3600 * 1000;

  private static final String[] KEYS = {"disk:/var@", "a", "HOST.up-", "https://x/y_", "-:@/._"};

  private final Random random;

  public RandomTickets(long seed) {
    this(new Random(seed));
  }

  public RandomTickets(Random random) {
    this.random = random;
  }

  /** What somebody might type to create a ticket. */
  public TicketContent draft() {
    return TicketContent.titled(title())
        .with(TicketField.DESCRIPTION, description())
        .with(TicketField.PRIORITY, pick(Priority.values()))
        .with(TicketField.ASSIGNEE, agentOrNull())
        .with(TicketField.REQUESTER, requesterOrNull())
        .with(TicketField.REFERENCE, referenceOrNull())
        .with(TicketField.TAGS, tags(oneIn(20) ? 20 : random.nextInt(4)));
  }

  /** What is in a ticket after some work, open or closed. */
  public TicketContent content() {
    return draft().patched(TicketPatch.of(TicketField.STATUS, pick(TicketStatus.values())));
  }

  /** A ticket with a history, locked in one case of four; the lock is settled. */
  public Ticket ticket() {
    Stamp created = new Stamp(instant(), agent());
    Stamp updated = new Stamp(created.at().plusMillis(random.nextInt(1_000_000_000)), agent());
    long revision = 1 + random.nextInt(1_000_000);
    long changed = oneIn(2) ? revision : 1 + (revision - 1) / 2;
    Ticket ticket =
        new Ticket(
            id(),
            1 + random.nextInt(100_000),
            content(),
            created,
            updated,
            revision,
            changed,
            random.nextInt(30),
            null);
    long attempts = oneIn(4) ? random.nextInt(1_000) : 0;
    Ticket raised = oneIn(4) ? raised(ticket) : ticket;
    return raised.withAttempts(attempts).withLock(oneIn(4) ? lock() : null);
  }

  private Ticket raised(Ticket ticket) {
    return ticket.withContent(
        ticket
            .content()
            .with(TicketField.WAKE_AT, perhaps(this::instant))
            .with(TicketField.KEY, key())
            .with(TicketField.RAISED, 1L + random.nextInt(1_000)));
  }

  /** What a program may call a trouble. */
  public String key() {
    return pick(KEYS) + random.nextInt(100_000);
  }

  /** As many tickets, numbered 1, 2, 3, …. */
  public List<Ticket> tickets(int count) {
    List<Ticket> tickets = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      tickets.add(ticket().withNumber(number));
    }
    return tickets;
  }

  /** A patch of any part of the fields, perhaps of none. */
  public TicketPatch patch() {
    TicketPatch patch = TicketPatch.NOTHING;
    patch = perhaps(patch, TicketField.TITLE, this::title);
    patch = perhaps(patch, TicketField.DESCRIPTION, this::description);
    patch = perhaps(patch, TicketField.STATUS, () -> pick(TicketStatus.values()));
    patch = perhaps(patch, TicketField.PRIORITY, () -> pick(Priority.values()));
    patch = perhaps(patch, TicketField.ASSIGNEE, this::agentOrNull);
    patch = perhaps(patch, TicketField.REQUESTER, this::requesterOrNull);
    patch = perhaps(patch, TicketField.REFERENCE, this::referenceOrNull);
    patch = perhaps(patch, TicketField.ATTEMPTS, () -> (long) random.nextInt(1_000));
    patch = perhaps(patch, TicketField.WAKE_AT, () -> perhaps(this::instant));
    return patch.withTags(tags(random.nextInt(3)), tags(random.nextInt(3)));
  }

  private <T> TicketPatch perhaps(TicketPatch patch, TicketField<T> field, Supplier<T> value) {
    Optional<TicketPatch> more = Optional.ofNullable(perhaps(() -> patch.with(field, value.get())));
    return more.orElse(patch);
  }

  /** A settled lock. */
  public TicketLock lock() {
    Duration ttl = ttl();
    return new TicketLock(
        agent(),
        1 + random.nextInt(1_000_000),
        instant(),
        ttl,
        ttl,
        perhaps(this::line),
        perhaps(() -> pick(TicketPhrases.CLIENTS)),
        0,
        pick(LockKind.values()));
  }

  public Comment comment() {
    return new Comment(1 + random.nextInt(1_000_000), instant(), agent(), commentText());
  }

  public List<Comment> comments(int count) {
    List<Comment> comments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      comments.add(comment());
    }
    return comments;
  }

  /** A few lines that are not blank. */
  public String commentText() {
    return paragraphs(1 + random.nextInt(3));
  }

  public TicketId id() {
    return new TicketId(uuid());
  }

  public UUID uuid() {
    long high = random.nextLong() & ~0xF000L | 0x4000L;
    long low = random.nextLong() & ~(3L << 62) | 2L << 62;
    return new UUID(high, low);
  }

  public AgentName agent() {
    return new AgentName(pick(TicketPhrases.AGENTS));
  }

  public AgentName agentOrNull() {
    return perhaps(this::agent);
  }

  /** A time of the year 2026, in whole milliseconds. */
  public Instant instant() {
    return START.plusMillis((long) (random.nextDouble() * YEAR_MILLIS));
  }

  /** 1 s to 8 h. */
  public Duration ttl() {
    return Duration.ofMillis(1000 + random.nextInt(8 * 3600 * 1000 - 999));
  }

  /** One line of 1 to 200 code points, now and then of exactly 200. */
  public String title() {
    if (oneIn(50)) {
      return cut(pick(TicketPhrases.GRAPHEMES).repeat(200), 200);
    }
    return line();
  }

  /** One line of 1 to 200 code points. */
  public String line() {
    String line = pick(TicketPhrases.SUBJECTS) + " " + pick(TicketPhrases.TROUBLES);
    return cut(oneIn(4) ? line + " " + pick(TicketPhrases.GRAPHEMES) : line, 200);
  }

  /** Empty, a few lines, a few pages, or, rarely, nearly 64 KiB. */
  public String description() {
    if (oneIn(4)) {
      return "";
    }
    if (oneIn(400)) {
      return paragraphs(150);
    }
    return paragraphs(oneIn(20) ? 20 : 1 + random.nextInt(4));
  }

  private String paragraphs(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : oneIn(3) ? "\n\n\t" : "\n").append(line()).append('.');
    }
    return text.toString();
  }

  /** So many tags or fewer, each once. */
  public List<String> tags(int count) {
    Set<String> tags = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      String tag = pick(TicketPhrases.TAGS);
      tags.add(oneIn(5) ? cut(tag + "-" + pick(TicketPhrases.GRAPHEMES), 40) : tag + suffix());
    }
    return List.copyOf(tags);
  }

  private String suffix() {
    return oneIn(3) ? "-" + random.nextInt(100) : "";
  }

  private String requesterOrNull() {
    return perhaps(() -> pick(TicketPhrases.REQUESTERS));
  }

  private String referenceOrNull() {
    return perhaps(() -> pick(TicketPhrases.REFERENCES) + random.nextInt(10_000));
  }

  private static String cut(String text, int codePoints) {
    return text.codePointCount(0, text.length()) <= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, codePoints));
  }

  public boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** A value, or null, as often one as the other. */
  public <T> T perhaps(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  @SafeVarargs
  public final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
