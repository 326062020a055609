package org.lesbillets.cli.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.retry.ChangeSender;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;

/** Makes about thirty changes a second, each with a text of its own, with the client's retries. */
final class CutWriter implements Callable<CutWriter> {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long PAUSE_NANOS = 30_000_000;

  private final ClientSettings settings;
  private final String name;
  private final Random random;
  private final BooleanSupplier over;
  private final List<Long> revisions = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  /**
   * @param name begins each of its texts
   * @param over whether it is to stop
   */
  CutWriter(ClientSettings settings, String name, Random random, BooleanSupplier over) {
    this.settings = settings;
    this.name = name;
    this.random = random;
    this.over = over;
  }

  @Override
  public CutWriter call() {
    try (ChangeSender sender = new ChangeSender(settings)) {
      while (!over.getAsBoolean()) {
        String text = name + " " + texts.size();
        TicketRef ticket = TicketRef.of(1 + random.nextInt(CutsRun.TICKETS));
        texts.add(text);
        revisions.add(sender.change(change(ticket, text), PATIENCE).event().revision());
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return this;
  }

  private ClientMessage.Change change(TicketRef ticket, String text) {
    if (random.nextBoolean()) {
      return new ClientMessage.CommentTicket(ticket, text);
    }
    Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
    TicketPatch patch = TicketPatch.of(TicketField.TITLE, text);
    return new ClientMessage.UpdateTicket(
        ticket, patch.withIfAny(TicketField.PRIORITY, priority), null);
  }

  /** Of its acknowledged changes, in their order. */
  List<Long> revisions() {
    return revisions;
  }

  /** Whether this text is one of its own. */
  boolean wrote(String text) {
    return text.startsWith(name + " ");
  }

  /** Its titles and comments, in their order. */
  List<String> texts() {
    return texts;
  }
}
