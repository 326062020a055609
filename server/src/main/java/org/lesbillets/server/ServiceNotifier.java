package org.lesbillets.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications to the service manager, in the protocol of sd_notify(3). They are datagrams to a
 * socket of the file system or of the abstract namespace, which Java 17 does not have: the program
 * systemd-notify sends them, a child process each, at most one at a time. Does nothing where no
 * service manager asks for them.
 *
 * <p>The keep-alives of the watchdog are sent by the thread "watchdog", and only while the server
 * is well: one whose desk does not turn is restarted by the service manager.
 */
final class ServiceNotifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceNotifier.class);
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final long SEND_SECONDS = 5;

  /** Keep-alives in each timeout, so that one may be late. */
  private static final long PER_TIMEOUT = 3;

  private final Consumer<List<String>> sender;
  private final long intervalMicros;
  private ScheduledExecutorService watchdog;
  private String trouble;

  /**
   * @param sender of the assignments of one notification
   * @param timeoutMicros of the watchdog, 0 for none
   */
  ServiceNotifier(Consumer<List<String>> sender, long timeoutMicros) {
    this.sender = sender;
    this.intervalMicros = timeoutMicros / PER_TIMEOUT;
  }

  /** The manager that this environment names. */
  static ServiceNotifier of(Map<String, String> environment) {
    String socket = environment.getOrDefault(SOCKET, "");
    return socket.isEmpty()
        ? new ServiceNotifier(assignments -> {}, 0)
        : new ServiceNotifier(ServiceNotifier::send, timeoutMicros(environment));
  }

  /** 0 where the watchdog waits for another process, or for none. */
  static long timeoutMicros(Map<String, String> environment) {
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    boolean ours = pid.isEmpty() || pid.equals(Long.toString(ProcessHandle.current().pid()));
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    return ours && micros.matches("[0-9]{1,18}") ? Long.parseLong(micros) : 0;
  }

  private static synchronized void send(List<String> assignments) {
    List<String> command = new ArrayList<>(List.of("systemd-notify"));
    command.addAll(assignments);
    try {
      Process child =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      child.getOutputStream().close();
      if (!child.waitFor(SEND_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
        LOG.warn("The service manager takes no notification ({})", assignments.get(0));
      } else if (child.exitValue() != 0) {
        LOG.warn("systemd-notify {} failed with {}", assignments.get(0), child.exitValue());
      }
    } catch (IOException e) {
      LOG.warn("The service manager cannot be notified: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Reports that clients are served.
   *
   * @param status one line for the administrator
   */
  void ready(String status) {
    sender.accept(List.of("READY=1", "STATUS=" + status));
  }

  /** Reports that the settings are being read again; {@link #ready} ends that. */
  void reloading() {
    sender.accept(List.of("RELOADING=1"));
  }

  /** Reports that the server stops. */
  void stopping() {
    sender.accept(List.of("STOPPING=1", "STATUS=Stopping"));
  }

  /**
   * Starts the keep-alives, if the manager waits for them.
   *
   * @param health a sentence while the server is not well
   */
  void watch(Supplier<Optional<String>> health) {
    if (intervalMicros > 0) {
      watchdog = Executors.newSingleThreadScheduledExecutor(ServiceNotifier::daemon);
      watchdog.scheduleWithFixedDelay(
          () -> keepAlive(health), 0, intervalMicros, TimeUnit.MICROSECONDS);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "watchdog");
    thread.setDaemon(true);
    return thread;
  }

  private void keepAlive(Supplier<Optional<String>> health) {
    String now = health.get().orElse(null);
    if (now == null) {
      sender.accept(List.of("WATCHDOG=1"));
    } else if (trouble == null) {
      LOG.error("The service manager gets no keep-alives, and may restart the server: {}", now);
    }
    trouble = now;
  }

  /** Ends the keep-alives. */
  @Override
  public void close() {
    if (watchdog != null) {
      watchdog.shutdown();
    }
  }
}
