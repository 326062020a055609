package org.lesbillets.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The book of 100,000 tickets with random ids: filled, asked and changed; per ticket. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FoldBenchmark {
  private static final int TICKETS = 100_000;

  private final List<Ticket> tickets = Tickets.some(TICKETS);
  private final TicketBook book = filled();

  private TicketBook filled() {
    TicketBook book = new TicketBook();
    tickets.forEach(book::put);
    return book;
  }

  @Benchmark
  @OperationsPerInvocation(TICKETS)
  public TicketBook fills() {
    return filled();
  }

  @Benchmark
  @OperationsPerInvocation(TICKETS)
  public long finds() {
    long sum = 0;
    for (Ticket ticket : tickets) {
      sum += book.find(ticket.id()).orElseThrow().number();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(TICKETS)
  public TicketBook replaces() {
    tickets.forEach(book::put);
    return book;
  }
}
