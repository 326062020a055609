package org.lesbillets.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.lesbillets.cli.client.retry.ChangeSender;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;

/**
 * An agent that changes tickets of its own one after another, whatever happens to the server. Runs
 * on one thread of its own.
 */
final class Writer implements Callable<Writer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TICKETS = 8;

  private final Billets agent;
  private final Random random;
  private final String signature;
  private final AtomicInteger acknowledged;
  private final BooleanSupplier over;
  private final List<Long> revisions = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<TicketRef> tickets = new ArrayList<>();
  private TicketRef locked;

  /**
   * @param acknowledged counts every change that was answered
   * @param over whether it is to stop
   */
  Writer(Billets agent, Random random, AtomicInteger acknowledged, BooleanSupplier over) {
    this.agent = agent;
    this.random = random;
    this.signature = Long.toHexString(random.nextLong());
    this.acknowledged = acknowledged;
    this.over = over;
  }

  @Override
  public Writer call() {
    try (ChangeSender sender = new ChangeSender(agent.settings(PATIENCE))) {
      while (!over.getAsBoolean()) {
        ClientMessage.Change change = next();
        var event = sender.change(change).event();
        if (change instanceof ClientMessage.CreateTicket) {
          tickets.add(TicketRef.of(event.event().ticket().id()));
        }
        revisions.add(event.revision());
        acknowledged.incrementAndGet();
      }
    }
    return this;
  }

  /** Of each change that was acknowledged; none twice. */
  List<Long> revisions() {
    return revisions;
  }

  /** Titles and comments it wrote; none twice. */
  List<String> texts() {
    return texts;
  }

  private ClientMessage.Change next() {
    if (tickets.isEmpty() || (tickets.size() < TICKETS && random.nextInt(10) == 0)) {
      return new ClientMessage.CreateTicket(null, null, TicketContent.titled(text()));
    }
    TicketRef ticket = tickets.get(random.nextInt(tickets.size()));
    return switch (random.nextInt(4)) {
      case 0 -> new ClientMessage.CommentTicket(null, null, ticket, text());
      case 1 -> lockOrUnlock(ticket);
      default -> new ClientMessage.UpdateTicket(null, null, ticket, retitled(), null, null, false);
    };
  }

  private ClientMessage.Change lockOrUnlock(TicketRef ticket) {
    TicketRef held = locked;
    locked = held == null ? ticket : null;
    return held == null
        ? new ClientMessage.LockTicket(null, null, ticket, null, LockTerms.DEFAULT, null, null)
        : new ClientMessage.UnlockTicket(null, null, held, null, null, null);
  }

  private TicketPatch retitled() {
    Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
    return TicketPatch.NOTHING
        .withIfAny(TicketField.TITLE, text())
        .withIfAny(TicketField.PRIORITY, priority);
  }

  private String text() {
    String text = "text " + texts.size() + " of " + signature;
    texts.add(text);
    return text;
  }
}
