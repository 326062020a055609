package org.lesbillets.cli.command.bulk.format;

import java.time.Instant;
import org.lesbillets.model.AgentName;

/** Reads tickets from a file as they are asked for. One thread; holds one record. */
public interface TicketSource {
  /**
   * The next record.
   *
   * @return null at the end
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  ImportRecord next();

  /**
   * What is said of a ticket that does not say it itself.
   *
   * @param now when it was made
   * @param me who made it
   */
  record Defaults(Instant now, AgentName me) {}
}
