package org.lesbillets.cli.command;

import java.time.Duration;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.model.query.TicketQuery;

/**
 * The scope of a watch.
 *
 * @param query null for all tickets
 * @param within how long; null for ever
 */
public record WatchTerms(TicketQuery query, WatchStart start, Duration within) {}
