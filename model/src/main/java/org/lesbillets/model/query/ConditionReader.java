package org.lesbillets.model.query;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.query.QueryTerm.Condition;

/** Parser of the value behind the colon of a term, into a predicate. Stateless; any thread. */
final class ConditionReader {
  private ConditionReader() {}

  static Condition status(QueryValue value) throws QuerySyntaxException {
    return switch (word(value, List.of("open", "closed", "locked"))) {
      case "open" -> (ticket, context) -> ticket.content().status() == TicketStatus.OPEN;
      case "closed" -> (ticket, context) -> ticket.content().status() == TicketStatus.CLOSED;
      default -> (ticket, context) -> ticket.isLocked();
    };
  }

  static Condition is(QueryValue value) throws QuerySyntaxException {
    return switch (word(value, List.of("claimable", "asleep"))) {
      case "claimable" -> (ticket, context) -> ticket.isClaimable();
      default -> (ticket, context) -> ticket.isAsleep();
    };
  }

  static String word(QueryValue value, List<String> words) throws QuerySyntaxException {
    String typed = value.text().toLowerCase(Locale.ROOT);
    if (words.contains(typed)) {
      return typed;
    }
    String near = Spelling.nearest(typed, words);
    throw value.mistake(
        (typed.isEmpty() ? "a word is missing here: use one of " : value.quoted() + " is none of ")
            + String.join(", ", words)
            + (near == null ? "" : "; did you mean " + near + "?"));
  }

  static Condition holder(QueryValue value) throws QuerySyntaxException {
    return agentOrNone(value, ticket -> ticket.isLocked() ? ticket.lock().holder() : null);
  }

  static Condition creator(QueryValue value) throws QuerySyntaxException {
    if (value.text().equals("none")) {
      throw value.mistake("every ticket has a creator: by: wants an agent's name or me");
    }
    return agentOrNone(value, ticket -> ticket.created().by());
  }

  static Condition agentOrNone(QueryValue value, Function<Ticket, AgentName> agentOf)
      throws QuerySyntaxException {
    String text = value.text();
    if (text.equals("none")) {
      return (ticket, context) -> agentOf.apply(ticket) == null;
    }
    if (text.equals("me")) {
      return (ticket, context) -> context.me().equals(agentOf.apply(ticket));
    }
    if (!AgentName.isValid(text)) {
      throw value.mistake(value.quoted() + " cannot be an agent's name");
    }
    AgentName name = new AgentName(text);
    return (ticket, context) -> name.equals(agentOf.apply(ticket));
  }

  /** Title or description contain it. */
  static Condition text(QueryValue value) {
    Needle needle = new Needle(value.text());
    return (ticket, context) ->
        needle.isIn(ticket.content().title()) || needle.isIn(ticket.content().description());
  }

  static Condition number(QueryValue value) throws QuerySyntaxException {
    Comparison comparison = comparison(value);
    long wanted = count(compared(value), "ticket's number", "1 to " + TicketRef.MAX_NUMBER);
    return (ticket, context) -> comparison.holds(Long.compare(ticket.number(), wanted));
  }

  /**
   * @param what a single value is called in a complaint
   * @param range what a complaint says it may be
   */
  static long count(QueryValue digits, String what, String range) throws QuerySyntaxException {
    String text = digits.text();
    if (TicketRef.isTooHigh(text)
        || text.isEmpty()
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw digits.mistake(
          (text.isEmpty() ? "a number is missing here" : digits.quoted() + " is no " + what)
              + ": write "
              + range);
    }
    return Long.parseLong(text);
  }

  static Comparison comparison(QueryValue value) {
    Comparison comparison = Comparison.leading(value);
    return comparison == null ? Comparison.EQUAL : comparison;
  }

  static QueryValue compared(QueryValue value) {
    Comparison comparison = Comparison.leading(value);
    return comparison == null ? value : value.from(comparison.length());
  }

  static Condition span(SpanCondition.Span span, QueryValue value) throws QuerySyntaxException {
    Comparison comparison = Comparison.leading(value);
    if (comparison == null || comparison == Comparison.EQUAL) {
      throw value.mistake("a time is compared with <, <=, > or >=, as in 'age:>2h'");
    }
    long wanted = duration(value.from(comparison.length())).toMillis();
    return new SpanCondition(span, comparison, wanted);
  }

  private static Duration duration(QueryValue value) throws QuerySyntaxException {
    try {
      return DurationText.parse(value.text());
    } catch (IllegalArgumentException e) {
      throw value.mistake(
          (value.text().isEmpty()
                  ? "a duration is missing here"
                  : value.quoted() + " is no duration")
              + ": "
              + DurationText.FORM);
    }
  }
}
