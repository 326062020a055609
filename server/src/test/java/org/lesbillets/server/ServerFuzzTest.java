package org.lesbillets.server;

import org.junit.jupiter.api.Test;
import org.lesbillets.model.FuzzReplay;
import org.lesbillets.server.websocket.FrameFuzz;

/** What fuzzing found once at the edge stays fixed. */
class ServerFuzzTest {
  @Test
  void frames() throws Exception {
    FuzzReplay.run("FrameFuzz", FrameFuzz::fuzzerTestOneInput);
  }

  @Test
  void connections() throws Exception {
    FuzzReplay.run("EdgeFuzz", EdgeFuzz::fuzzerTestOneInput, 300);
  }
}
