package org.lesbillets.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.wire.JournalCodec;
import org.lesbillets.model.wire.WireFormatException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One event to JSON and back, as the journal keeps it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private final Ticket ticket = Tickets.some(1).get(0);
  private final WireEvent event =
      new WireEvent.TicketCreated(ticket.created().at(), ticket.created().by(), ticket, false);

  private final byte[] encoded = JournalCodec.encodeEvent(event, List.of());

  @Benchmark
  public byte[] encodes() {
    return JournalCodec.encodeEvent(event, List.of());
  }

  @Benchmark
  public WireEvent decodes() throws WireFormatException {
    return JournalCodec.decodeEvent(encoded);
  }
}
