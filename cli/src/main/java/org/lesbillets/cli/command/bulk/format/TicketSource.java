package org.lesbillets.cli.command.bulk.format;

import java.time.Instant;
import org.lesbillets.model.AgentName;

/** Streaming parser of tickets in one format, by pull. Confined to one thread; holds one record. */
public interface TicketSource {
  /**
   * The next record.
   *
   * @return null at the end
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  ImportRecord next();

  /**
   * Defaults for a ticket that names no time or author.
   *
   * @param now when it was made
   * @param me who made it
   */
  record Defaults(Instant now, AgentName me) {}
}
