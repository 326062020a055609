package org.lesbillets.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.DetailsCursor;

/**
 * The fencing token of the lock that a script runs under: {@code --token} if given, else
 * BILLETS_LOCK_TOKEN for a change to the ticket in BILLETS_TICKET, else none. Stateless.
 */
public final class AmbientLockToken {
  private AmbientLockToken() {}

  /**
   * @param typed what --token says, or null
   * @return the token to name, or null
   */
  public static Long token(Long typed, TicketRef ref, CommandContext context) {
    String token = context.environment("BILLETS_LOCK_TOKEN");
    String ticket = context.environment("BILLETS_TICKET");
    if (typed != null || token == null || ticket == null) {
      return typed;
    }
    TicketRef held = read("BILLETS_TICKET", ticket, TicketRef::typed);
    long inHand = read("BILLETS_LOCK_TOKEN", token, Converters::revision);
    return sameTicket(held, ref, context.service()) ? inHand : null;
  }

  /**
   * Rejects a token typed for several tickets: it is that of one lock.
   *
   * @param typed what --token says, or null
   * @throws UsageException if there are several tickets
   */
  public static void checkOneTicket(Long typed, List<TicketRef> refs) {
    if (typed != null && refs.size() > 1) {
      throw new UsageException(
          "--token is the token of one lock, and so goes with one ticket: name one, or leave it"
              + " out");
    }
  }

  private static <T> T read(String name, String value, Function<String, T> parse) {
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException e) {
      throw new UsageException(name + ": " + e.getMessage());
    }
  }

  /**
   * Two names of one form can be compared as they are. The server is asked only when one is a
   * number and the other is not, or one is a prefix or a key.
   */
  private static boolean sameTicket(TicketRef held, TicketRef ref, TicketService service) {
    if (held.equals(ref)) {
      return true;
    }
    if (held.getClass() == ref.getClass() && !(held instanceof TicketRef.ByPrefix)) {
      return false;
    }
    Ticket ticket = service.details(held, false, DetailsCursor.NEWEST).ticket();
    return names(ref, ticket);
  }

  private static boolean names(TicketRef ref, Ticket ticket) {
    if (ref instanceof TicketRef.ByKey key) {
      return ticket.ownsKey() && key.key().equals(ticket.content().key());
    }
    return ref instanceof TicketRef.ByNumber number
        ? number.number() == ticket.number()
        : ticket.id().toString().startsWith(ref.toString().toLowerCase(Locale.ROOT));
  }
}
