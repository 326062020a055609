package org.lesbillets.model;

import org.junit.jupiter.api.Test;
import org.lesbillets.model.query.QueryFuzz;
import org.lesbillets.model.wire.CodecFuzz;

/** What fuzzing found once in the codecs and the query language stays fixed. */
class ModelFuzzTest {
  @Test
  void codecs() throws Exception {
    FuzzReplay.run("CodecFuzz", CodecFuzz::fuzzerTestOneInput);
  }

  @Test
  void queries() throws Exception {
    FuzzReplay.run("QueryFuzz", QueryFuzz::fuzzerTestOneInput);
  }
}
