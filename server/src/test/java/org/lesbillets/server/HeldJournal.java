package org.lesbillets.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.journal.Outcome;

/** A journal in memory that does not write until it is told to. */
final class HeldJournal {
  private final Journal memory = new MemoryJournal();
  private final List<Runnable> held = new ArrayList<>();
  private boolean released;

  Journal journal() {
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, this::invoke);
  }

  private Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("append")) {
      return append((Append) arguments[0]);
    }
    try {
      return method.invoke(memory, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private synchronized CompletableFuture<Outcome> append(Append append) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Runnable write = () -> memory.append(append).thenAccept(outcome::complete);
    if (released) {
      write.run();
    } else {
      held.add(write);
    }
    return outcome;
  }

  /** Writes what waits, and from now on what comes. */
  synchronized void release() {
    released = true;
    held.forEach(Runnable::run);
    held.clear();
  }

  /** From now on nothing is written again until it is told to. */
  synchronized void hold() {
    released = false;
  }

  /** How much waits to be written. */
  synchronized int waiting() {
    return held.size();
  }

  /** Writes what has waited longest. */
  synchronized void writeNext() {
    held.remove(0).run();
  }
}
