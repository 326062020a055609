package org.lesbillets.jmh;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.KeyFacts;
import org.lesbillets.model.rules.TicketRules;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One decision of the rules, accepted. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RulesBenchmark {
  private final Ticket ticket = Tickets.some(1).get(0);
  private final TicketRef ref = TicketRef.parse("1");
  private final TicketRules.Case facts =
      new TicketRules.Case(
          ticket.id(),
          ticket,
          new AgentName("bob"),
          false,
          token -> Optional.empty(),
          KeyFacts.NONE,
          Instant.parse("2026-02-01T09:00:00Z"));

  private final ClientMessage.Change comment =
      new ClientMessage.CommentTicket(ref, "Looked at it: the cable is loose.");

  private final ClientMessage.Change update =
      new ClientMessage.UpdateTicket(ref, TicketPatch.of(TicketField.TITLE, "Other"), null);

  @Benchmark
  public Decision decidesAComment() {
    return TicketRules.decide(comment, facts);
  }

  @Benchmark
  public Decision decidesAnUpdate() {
    return TicketRules.decide(update, facts);
  }
}
