package org.lesbillets.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.lesbillets.model.TicketRef;
import picocli.CommandLine.Parameters;

/** Mixin: one or more tickets as the positional words of a verb. */
public final class TypedRefs {
  @Parameters(
      arity = "1..*",
      paramLabel = "REF",
      description = "The tickets; each is tried, whatever becomes of the others.")
  List<String> words = new ArrayList<>();

  /**
   * As they were typed, in order.
   *
   * @throws UsageException if one of the words names no ticket
   */
  public List<TicketRef> refs() {
    return parse(words);
  }

  public static List<TicketRef> parse(List<String> words) {
    try {
      return words.stream().map(TicketRef::typed).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** Without duplicates, so that nothing is changed twice. */
  static List<TicketRef> once(List<TicketRef> refs) {
    return List.copyOf(new LinkedHashSet<>(refs));
  }
}
