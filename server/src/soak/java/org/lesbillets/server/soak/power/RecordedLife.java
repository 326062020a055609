package org.lesbillets.server.soak.power;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lesbillets.server.soak.power.DiskOperation.Kind;

/**
 * What a recorder wrote of one process, and the files that process left. Immutable.
 *
 * @param after the files by name, as they are read after the end of the process
 */
public record RecordedLife(Path recording, Map<String, byte[]> after) {

  /**
   * A call that SIGKILL ended before it returned: a write that is found in the file has happened,
   * and returns with the process; one that is not found has not.
   *
   * @param end the instant of the process's end
   */
  List<DiskOperation> settled(DiskOperation unfinished, int end) {
    if (unfinished.kind() != Kind.WRITE) {
      return List.of(unfinished);
    }
    byte[] file = after.getOrDefault(unfinished.path().getFileName().toString(), new byte[0]);
    int from = (int) unfinished.offset();
    int to = from + unfinished.bytes().length;
    return to <= file.length
            && Arrays.equals(file, from, to, unfinished.bytes(), 0, unfinished.bytes().length)
        ? List.of(
            new DiskOperation(
                Kind.WRITE,
                unfinished.path(),
                unfinished.target(),
                from,
                unfinished.bytes(),
                unfinished.began(),
                end))
        : List.of();
  }
}
