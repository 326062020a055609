package org.lesbillets.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Applies one operation to several tickets in order, and collects the failures: each ticket is
 * tried while the server is reachable. For one thread, used once.
 */
public final class EachTicket<T> {
  private final Function<TicketRef, T> operation;
  private final boolean several;
  private final List<T> done = new ArrayList<>();
  private final List<RuntimeException> failures = new ArrayList<>();

  /**
   * @param several whether more than one ticket was named, so that a failure has to name its own
   */
  private EachTicket(Function<TicketRef, T> operation, boolean several) {
    this.operation = operation;
    this.several = several;
  }

  /** Tries all of them. */
  public static <T> EachTicket<T> of(List<TicketRef> refs, Function<TicketRef, T> operation) {
    EachTicket<T> each = new EachTicket<>(operation, refs.size() > 1);
    each.attempt(refs);
    return each;
  }

  /**
   * Changes all of them, each once, and prints what was done.
   *
   * @param refs as they were typed
   * @return what was done
   */
  public static List<EventMessage> change(
      List<TicketRef> refs,
      Function<TicketRef, ? extends ClientMessage.Change> change,
      CommandContext context) {
    EachTicket<EventMessage> each =
        of(TypedRefs.once(refs), ref -> context.service().change(change.apply(ref)));
    context.print().changed(each.done(), refs.size() > 1);
    each.throwFailures();
    return each.done();
  }

  private void attempt(List<TicketRef> refs) {
    for (int i = 0; i < refs.size(); i++) {
      TicketRef ref = refs.get(i);
      try {
        done.add(operation.apply(ref));
      } catch (ConnectionException e) {
        boolean over = !e.kind().isOutcomeUnknown();
        failures.add(about(ref, over ? leaving(refs.subList(i + 1, refs.size()), e) : e));
        if (over) {
          return;
        }
      } catch (RuntimeException e) {
        failures.add(about(ref, e));
      }
    }
  }

  private RuntimeException about(TicketRef ref, RuntimeException failure) {
    return several ? new TicketFailureException(ref, failure) : failure;
  }

  /** Without a server each of the others would only block until the timeout again. */
  private static RuntimeException leaving(List<TicketRef> untried, ConnectionException e) {
    return untried.isEmpty()
        ? e
        : new ConnectionException(
            e.kind(),
            e.getMessage()
                + "; not tried: "
                + untried.stream().map(TicketRef::toString).collect(Collectors.joining(" ")),
            e);
  }

  /** The results of the tickets that did not fail, in order. */
  public List<T> done() {
    return done;
  }

  /**
   * @throws MultipleFailuresException if there was a failure
   */
  public void throwFailures() {
    if (!failures.isEmpty()) {
      throw new MultipleFailuresException(failures);
    }
  }
}
