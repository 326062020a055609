package org.lesbillets.server.desk;

import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.pubsub.EventChannel;

/**
 * The inputs of the desk. Immutable. Everything that is time, disk or randomness is among them, so
 * that a test can replay a run.
 *
 * @param workers reads the journal for the desk; bounded, may reject a task
 * @param ids gives new tickets their ids
 */
public record DeskDependencies(
    Journal journal,
    EventChannel<Announcement> channel,
    TimeSource time,
    Supplier<UUID> ids,
    Executor workers) {}
