package org.lesbillets.cli.edit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Keeps an interrupt from the keyboard, which every program on the terminal gets, from ending this
 * one, until they are taken back. The JDK has no public way to do so; where its inner one is
 * missing, nothing is kept from anybody.
 */
final class KeyboardInterrupts {
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private final Object before;

  private KeyboardInterrupts(Object before) {
    this.before = before;
  }

  static KeyboardInterrupts leftToOthers() {
    // Doing nothing is not ignoring: what is ignored would be so in the editor too.
    return new KeyboardInterrupts(handle((proxy, method, arguments) -> null));
  }

  private static Object handle(InvocationHandler handler) {
    try {
      Class<?> type = Class.forName(HANDLER);
      Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
      return install(type, proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return null;
    }
  }

  private static Object install(Class<?> type, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName(SIGNAL);
    Object interrupt = signal.getConstructor(String.class).newInstance("INT");
    return signal.getMethod("handle", signal, type).invoke(null, interrupt, handler);
  }

  void takeBack() {
    if (before == null) {
      return;
    }
    try {
      install(Class.forName(HANDLER), before);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("what could be taken can be given back", e);
    }
  }
}
