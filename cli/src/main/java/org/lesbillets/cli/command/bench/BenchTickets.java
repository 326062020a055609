package org.lesbillets.cli.command.bench;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.lesbillets.cli.client.AnswerFailures;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.cli.command.TicketSelection;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.CreateTicket;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;

/**
 * The tickets of one benchmark, known by their tags: one that those of every benchmark have, and
 * one of this run. They are looked for by tag when they are to be closed, so that none is left of
 * which the answer was lost. Assigned to who runs it, so that no worker claims them. For one
 * thread.
 */
final class BenchTickets {
  private static final String EVERY = "billets-bench";
  private static final String TITLE = "billets bench";
  private static final int RANDOM_BYTES = 3;

  /** Of this agent, and no other's, whose benchmark may be under way. */
  private static final String LEFT = "tag:" + EVERY + " by:me status:open";

  private final TicketService service;
  private final String tag = "bench-" + HexFormat.of().formatHex(StrongRandom.bytes(RANDOM_BYTES));

  BenchTickets(TicketService service) {
    this.service = service;
  }

  /** The tag of this run. */
  String tag() {
    return tag;
  }

  /** How many are open that earlier runs of this agent made. */
  long countLeft() {
    return service.count(TicketSelection.of(LEFT));
  }

  /**
   * Makes one for each writer.
   *
   * @param goesOn whether to make more
   */
  List<TicketRef> make(int writers, BooleanSupplier goesOn) {
    List<TicketRef> made = new ArrayList<>();
    while (made.size() < writers && goesOn.getAsBoolean()) {
      CreateTicket create = new CreateTicket(content(made.size() + 1));
      TicketId id = service.change(create).event().event().ticket().id();
      made.add(TicketRef.of(id));
    }
    return made;
  }

  private TicketContent content(int writer) {
    return TicketContent.titled(TITLE + ": writer " + writer)
        .with(
            TicketField.DESCRIPTION,
            "Measures how fast this server is, and is closed afterwards. If it is left open, who"
                + " made it closes it with: billets bench --clean")
        .with(TicketField.ASSIGNEE, service.me())
        .with(TicketField.TAGS, List.of(EVERY, tag));
  }

  /**
   * Closes those of this run.
   *
   * @return why some are left open, and what to do; null if none is
   */
  RuntimeException close() {
    try {
      close("tag:" + tag + " status:open");
      return null;
    } catch (RejectedException | ConnectionException e) {
      String sentence =
          "tickets tagged "
              + tag
              + " are left open: close them with 'billets bench --clean' when that is possible"
              + " again ("
              + e.getMessage()
              + ")";
      return AnswerFailures.saying(e, sentence);
    }
  }

  /**
   * Closes those that earlier runs of this agent left open.
   *
   * @return how many
   */
  int closeLeft() {
    return close(LEFT);
  }

  /** Tries all of them, and throws the first failure. */
  private int close(String query) {
    List<TicketId> open = service.ids(TicketSelection.of(query));
    TicketPatch closed =
        TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED).with(TicketField.TITLE, TITLE);
    RejectedException failure = null;
    for (TicketId id : open) {
      try {
        service.change(new UpdateTicket(TicketRef.of(id), closed, null));
      } catch (RejectedException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return open.size();
  }
}
