package org.lesbillets.server;

import java.lang.reflect.Proxy;

/**
 * The handler of SIGHUP, run on a thread of the virtual machine. By reflection, since the compiler
 * takes the class of signals for one that no program should name. Stateless.
 */
final class ReloadSignal {
  private ReloadSignal() {}

  /**
   * Registers the handler.
   *
   * @throws IllegalStateException if this virtual machine has no such signal
   */
  static void handle(Runnable reload) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              ReloadSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  reload.run();
                }
                return null;
              });
      Object hangup = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangup, proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIGHUP cannot be handled", e);
    }
  }
}
