package org.lesbillets.cli.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A way in which a connection dies without a FIN. */
enum SilenceKind {
  /** The clients are stopped and go on, as with Ctrl-Z and fg. */
  PAUSE("pause", false) {
    @Override
    void begin(SilenceRig desk) throws IOException, InterruptedException {
      SoakProcess.signal("STOP", desk.watch.handle());
      for (ProcessHandle child : desk.view().descendants().toList()) {
        SoakProcess.signal("STOP", child);
      }
    }

    @Override
    void end(SilenceRig desk, int round) throws IOException, InterruptedException {
      SoakProcess.signal("CONT", desk.watch.handle());
      for (ProcessHandle child : desk.view().descendants().toList()) {
        SoakProcess.signal("CONT", child);
      }
    }

    @Override
    Duration usual(int round) {
      return Duration.ofSeconds(45);
    }
  },

  /** The server is stopped and goes on. */
  SERVER("server", true) {
    @Override
    void begin(SilenceRig desk) throws IOException, InterruptedException {
      SoakProcess.signal("STOP", desk.server.handle());
    }

    @Override
    void end(SilenceRig desk, int round) throws IOException, InterruptedException {
      SoakProcess.signal("CONT", desk.server.handle());
    }

    @Override
    Duration usual(int round) {
      return Duration.ofSeconds(35);
    }
  },

  /** A proxy forwards nothing, and then forwards again, or every other time resets. */
  PROXY("proxy", true) {
    @Override
    void begin(SilenceRig desk) {
      desk.proxy.stall();
    }

    @Override
    void end(SilenceRig desk, int round) {
      if (round % 2 == 0) {
        desk.proxy.forward();
      } else {
        desk.proxy.reset();
      }
    }

    @Override
    Duration usual(int round) {
      return Duration.ofSeconds(60);
    }
  },

  /** The network is down, with packets lost; for less time than a server is patient, or more. */
  NETWORK("network", true) {
    @Override
    void begin(SilenceRig desk) throws IOException, InterruptedException {
      SoakProcess.run(List.of("ip", "link", "set", "lo", "down"));
    }

    @Override
    void end(SilenceRig desk, int round) throws IOException, InterruptedException {
      SoakProcess.run(List.of("ip", "link", "set", "lo", "up"));
    }

    @Override
    Duration usual(int round) {
      return Duration.ofSeconds(round % 2 == 0 ? 20 : 40);
    }
  };

  private final String word;
  private final boolean shown;

  SilenceKind(String word, boolean shown) {
    this.word = word;
    this.shown = shown;
  }

  static SilenceKind named(String word) {
    for (SilenceKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("there is no kind '" + word + "'");
  }

  String word() {
    return word;
  }

  /** Whether the clients run during the silence, and have to show it. */
  boolean isShown() {
    return shown;
  }

  abstract void begin(SilenceRig desk) throws IOException, InterruptedException;

  abstract void end(SilenceRig desk, int round) throws IOException, InterruptedException;

  /** How long it lasts in a run of the usual length. */
  abstract Duration usual(int round);
}
