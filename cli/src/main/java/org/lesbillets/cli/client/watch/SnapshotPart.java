package org.lesbillets.cli.client.watch;

import java.util.List;
import java.util.Objects;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;

/**
 * A part of a snapshot, passed on as it arrives. The parts of one snapshot follow each other with
 * no event between them, and are true at the same revision. A snapshot whose connection ends before
 * the last part is void: another begins, with a first part again. Immutable.
 *
 * @param at the journal's position all parts are true at
 * @param total how many tickets the parts have together
 * @param reset whether events may have been missed before, so that older state has to be dropped at
 *     the first part. False for the snapshot a watch begins with; the same in all parts
 * @param first whether the snapshot begins with this part
 * @param last whether it ends with it; events follow
 */
public record SnapshotPart(
    List<Ticket> tickets, ResumePoint at, int total, boolean reset, boolean first, boolean last) {
  public SnapshotPart {
    tickets = List.copyOf(tickets);
    Objects.requireNonNull(at, "at");
  }
}
