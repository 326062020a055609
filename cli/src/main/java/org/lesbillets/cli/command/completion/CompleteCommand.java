package org.lesbillets.cli.command.completion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.QueryWords;
import org.lesbillets.cli.command.TicketSelection;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.query.TicketOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The hidden verb {@code complete}: names that the scripts of {@code completion} cannot know, a
 * line each with a description behind a tab; nothing on failure or timeout. Asks on a daemon
 * thread, abandoned when the deadline has passed.
 */
@Command(
    name = "complete",
    hidden = true,
    description = {
      "For the scripts of billets completion: names, a line each.",
      "Tickets (those that changed last, with their titles), contexts, agents or tags; nothing"
          + " when the server does not answer soon."
    },
    customSynopsis = "billets complete tickets|contexts|agents|tags [QUERY…]",
    footer = {"  billets complete tickets status:open"})
public final class CompleteCommand implements Verb {
  /**
   * Deadline of the whole, tokens and answers included: a person waits with a finger on the key.
   * With the 80 ms in which the program starts, and those in which it ends, it stays below 300 ms.
   */
  private static final Duration PATIENCE = Duration.ofMillis(160);

  /** Least timeout of the requests, however long the settings took. */
  private static final long LEAST_MILLIS = 100;

  /** Timeout of reading the settings. */
  private static final long LONGEST_MILLIS = 1_000;

  /** Timeout of ending a child that still runs then. */
  private static final long END_MILLIS = 40;

  private static final int MOST = 200;
  private static final int TITLE = 60;

  /** What can be named. */
  public enum Kind {
    TICKETS,
    CONTEXTS,
    AGENTS,
    TAGS
  }

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      converter = OfKind.class,
      description = "tickets, contexts, agents or tags.")
  Kind kind;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "QUERY",
      description = "Of which tickets.")
  List<String> words = new ArrayList<>();

  @Override
  public void run(CommandContext context) {
    List<String> lines = new ArrayList<>();
    long start = System.nanoTime();
    CountDownLatch ready = new CountDownLatch(1);
    Thread asking = new Thread(() -> lines.addAll(found(context, ready)), "billets-complete");
    asking.setDaemon(true);
    asking.start();
    try {
      boolean read = ready.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
      long left = PATIENCE.toMillis() - (System.nanoTime() - start) / 1_000_000;
      asking.join(read ? Math.max(LEAST_MILLIS, left) : 1);
      if (asking.isAlive()) {
        // This ends a child that was to print a token.
        asking.interrupt();
        asking.join(END_MILLIS);
      } else {
        lines.forEach(context.console()::printLine);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> found(CommandContext context, CountDownLatch ready) {
    try {
      context.settings().config();
      ready.countDown();
      return switch (kind) {
        case CONTEXTS -> contexts(context);
        case TICKETS -> rows(context, "title").stream().map(CompleteCommand::line).toList();
        case AGENTS ->
            distinct(
                rows(context, "assignee", "createdBy", "lock").stream()
                    .flatMap(CompleteCommand::agents));
        case TAGS ->
            distinct(rows(context, "tags").stream().flatMap(r -> r.texts("tags").stream()));
      };
    } catch (RuntimeException e) {
      // An error message has no place in the middle of a line that is being completed.
      return List.of();
    } finally {
      ready.countDown();
    }
  }

  private static List<String> contexts(CommandContext context) {
    return List.copyOf(context.settings().config().contexts().keySet());
  }

  private List<ListedFields.Row> rows(CommandContext context, String... fields) {
    String query = String.join(" ", words).strip();
    TicketSelection selection =
        new TicketSelection(
            query.isEmpty() ? null : QueryWords.parse(query),
            new TicketOrder(TicketOrder.Field.UPDATED, true),
            MOST);
    try (TicketService service = context.briefService(PATIENCE)) {
      List<ListedFields.Row> rows = new ArrayList<>();
      service.rows(selection, Projection.of(List.of(fields)), rows::addAll);
      return rows;
    }
  }

  private static String line(ListedFields.Row row) {
    String title = CellText.cut(PlainText.line(row.text("title")), TITLE);
    return row.number() + "\t" + title;
  }

  private static Stream<String> agents(ListedFields.Row row) {
    String holder = row.lock() == null ? null : row.lock().text("holder");
    return Stream.of(row.text("assignee"), row.text("createdBy"), holder)
        .filter(agent -> agent != null);
  }

  /** Only what a terminal shows as it is: it is to stand in a command line. */
  private static List<String> distinct(Stream<String> names) {
    return List.copyOf(
        names
            .filter(name -> name.equals(PlainText.line(name)))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  static final class OfKind extends Converters.OfEnum<Kind> {
    OfKind() {
      super(Kind.values(), kind -> kind.name().toLowerCase(Locale.ROOT));
    }
  }
}
