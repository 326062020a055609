package org.lesbillets.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.server.config.GivenSetting;
import org.lesbillets.server.config.InvalidSettingsException;
import org.lesbillets.server.config.ServerSettings;
import org.lesbillets.server.log.ServerLog;
import org.lesbillets.server.tls.TlsException;
import org.lesbillets.server.tls.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * What SIGHUP does, on the thread of that signal, one at a time: the certificate is read again, and
 * the settings are compared with those in effect. After a failure the present ones stay.
 */
final class Reload implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final CommandLine serve;
  private final TlsIdentity tls;
  private final ServiceNotifier notifier;
  private final String status;

  /**
   * @param serve the command that serves, with the options in effect
   * @param tls null for plain connections
   * @param status reported when it is done
   */
  Reload(CommandLine serve, TlsIdentity tls, ServiceNotifier notifier, String status) {
    this.serve = serve;
    this.tls = tls;
    this.notifier = notifier;
    this.status = status;
  }

  @Override
  public synchronized void run() {
    notifier.reloading();
    try {
      settings();
      certificate();
    } finally {
      notifier.ready(status);
    }
  }

  private void settings() {
    List<GivenSetting> changes;
    try {
      changes = ServerSettings.changes(serve.getCommandSpec(), serve.getParseResult());
    } catch (InvalidSettingsException e) {
      e.problems().forEach(problem -> LOG.error("The settings stay as they are: {}", problem));
      return;
    }
    List<String> later = new ArrayList<>();
    for (GivenSetting change : changes) {
      if (change.value() instanceof ServerLog.Level level) {
        ServerLog.level(level);
        ServerSettings.take(serve.getCommandSpec(), change);
      } else {
        later.add(change.setting().key());
      }
    }
    if (later.isEmpty()) {
      LOG.info("Read the settings again");
    } else {
      LOG.warn("Read the settings again; a restart is needed for {}", String.join(", ", later));
    }
  }

  /** Takes the new certificate for later handshakes. */
  private void certificate() {
    if (tls == null) {
      return;
    }
    try {
      tls.reload();
      LOG.info("Read the certificate again; it is valid until {}", tls.expiry());
      warnIfExpired(tls);
    } catch (TlsException e) {
      LOG.error("The certificate stays the present one: {}", e.getMessage());
    }
  }

  static void warnIfExpired(TlsIdentity tls) {
    if (tls.expiry().isBefore(Instant.now())) {
      LOG.error("The certificate expired on {}: clients will not connect", tls.expiry());
    }
  }
}
