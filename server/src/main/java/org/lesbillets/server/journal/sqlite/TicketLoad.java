package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.lesbillets.model.Ticket;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.World;

/**
 * Reads all tickets for the start, in the order of their creation. Chunks of rows are read, checked
 * and decoded by the threads "load-1" and so on, each over a connection of its own, and by the
 * caller when the next chunk in order is not begun. Nothing may write tickets before it has ended.
 *
 * <p>At most eight chunks of 2,048 tickets are under way.
 */
final class TicketLoad {
  private static final int CHUNK = 2_048;
  private static final int AHEAD = 8;

  /** Beside the caller; with it at most as many as there are reading connections. */
  private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors() - 1);

  private static final String END_OF_CHUNK =
      "SELECT born FROM ticket WHERE born > ? ORDER BY born LIMIT 1 OFFSET " + (CHUNK - 1);

  private static final String ROWS =
      "SELECT "
          + TicketLayout.CURRENT.columns()
          + " FROM ticket WHERE born > ? AND born <= ? ORDER BY born";

  private final SqliteReaderPool reads;
  private final Path file;
  private final World world;
  private final TicketRowReader reader;

  TicketLoad(SqliteReaderPool reads, Path file, World world) {
    this.reads = reads;
    this.file = file;
    this.world = world;
    this.reader = new TicketRowReader(file, TicketLayout.CURRENT);
  }

  /**
   * Gives all tickets, read while they are iterated.
   *
   * @param use iterates them once, and does not keep them
   * @throws org.lesbillets.server.journal.JournalException if a row is damaged, or rows are missing
   */
  void load(Consumer<Iterable<Ticket>> use) {
    Pipeline pipeline = new Pipeline();
    try {
      use.accept(() -> pipeline);
    } finally {
      pipeline.end();
    }
  }

  /**
   * A range of rows.
   *
   * @param after the key before its first row
   * @param last the key of its last row
   */
  private record Chunk(long after, long last, CompletableFuture<List<Ticket>> tickets) {}

  private final class Pipeline implements Iterator<Ticket> {
    private final Queue<Chunk> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Chunk> inOrder = new ArrayDeque<>();
    private final List<Loop> threads = new ArrayList<>();
    private final long expected = reads.read(TicketLoad::count);
    private long given;
    private long planned = Long.MIN_VALUE;
    private Iterator<Ticket> chunk = List.<Ticket>of().iterator();
    private volatile boolean ended;

    @Override
    public boolean hasNext() {
      while (!chunk.hasNext()) {
        plan();
        Chunk next = inOrder.poll();
        if (next == null) {
          checkComplete();
          return false;
        }
        if (waiting.remove(next)) {
          read(next);
        }
        List<Ticket> tickets = taken(next);
        given += tickets.size();
        if (given > expected) {
          checkComplete();
        }
        chunk = tickets.iterator();
      }
      return true;
    }

    @Override
    public Ticket next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return chunk.next();
    }

    /** Puts the next ranges of rows into the queue. */
    private void plan() {
      while (planned != Long.MAX_VALUE && inOrder.size() < AHEAD) {
        long last = reads.read(connection -> endOfChunk(connection, planned));
        if (last <= planned) {
          throw SqliteErrorMessages.damaged(
              "The table ticket of " + file, "after row " + planned + " it gives row " + last);
        }
        Chunk next = new Chunk(planned, last, new CompletableFuture<>());
        planned = last;
        inOrder.add(next);
        waiting.add(next);
        if (last != Long.MAX_VALUE && threads.isEmpty()) {
          startThreads();
        }
        threads.forEach(Loop::wake);
      }
    }

    private void startThreads() {
      IntStream.rangeClosed(1, THREADS)
          .mapToObj(number -> world.loop("load-" + number, this::round))
          .forEach(threads::add);
      threads.forEach(thread -> thread.start((where, cause) -> ended = true));
    }

    private long round() {
      Chunk next = ended ? null : waiting.poll();
      if (next != null) {
        read(next);
        return 0;
      }
      return ended ? Loop.END : Long.MAX_VALUE;
    }

    private void read(Chunk next) {
      try {
        next.tickets.complete(reads.read(connection -> rows(connection, next)));
      } catch (RuntimeException | Error e) {
        next.tickets.completeExceptionally(e);
      }
    }

    private List<Ticket> taken(Chunk next) {
      try {
        return next.tickets.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw e;
      }
    }

    /** A table whose order is damaged may hide rows from a range. */
    private void checkComplete() {
      if (given != expected) {
        throw SqliteErrorMessages.damaged(
            "The table ticket of " + file, "it gives " + given + " rows of " + expected);
      }
    }

    void end() {
      ended = true;
      threads.forEach(Loop::wake);
      threads.forEach(thread -> thread.join(0));
    }
  }

  private static long count(StatementCache connection) throws SQLException {
    try (ResultSet row = connection.statement("SELECT tickets FROM meta").executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The key of the last row of a whole chunk; the highest there is if there are fewer rows. */
  private static long endOfChunk(StatementCache connection, long after) throws SQLException {
    PreparedStatement select = connection.statement(END_OF_CHUNK);
    select.setLong(1, after);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : Long.MAX_VALUE;
    }
  }

  private List<Ticket> rows(StatementCache connection, Chunk chunk) throws SQLException {
    PreparedStatement select = connection.statement(ROWS);
    select.setLong(1, chunk.after);
    select.setLong(2, chunk.last);
    List<Ticket> tickets = new ArrayList<>(CHUNK);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        tickets.add(reader.read(rows));
      }
    }
    return tickets;
  }
}
