package org.lesbillets.server.soak.power;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.server.soak.power.DiskOperation.Kind;

/** What the recorder writes when SIGKILL ends a process in a call, in all the forms it has. */
class DiskRecordingTest {
  private static final Path DATA = Path.of("/data");
  private static final String WRITE = "7 pwrite64(5</data/a>, \"\\x41\\x42\", 2, 0";

  @TempDir Path directory;

  private List<DiskOperation> read(String lines, String file) throws Exception {
    Path recording = Files.writeString(directory.resolve("recording"), lines);
    Map<String, byte[]> after = Map.of("a", file.getBytes());
    return DiskRecording.read(List.of(new RecordedLife(recording, after)), DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ") = ?\n",
        ") = ? <unavailable>\n",
        " <unfinished ...>) = ?\n",
        " <unfinished ...>\n",
        " <unfinished ...>\n7 <... pwrite64 resumed>) = ?\n",
        " <unfinished ...>\n7 <... pwrite64 resumed> <unfinished ...>) = ?\n",
      })
  void aWriteThatTheEndInterruptedCountsIfTheFileHasIt(String end) throws Exception {
    List<DiskOperation> happened = read(WRITE + end + "7 +++ killed by SIGKILL +++\n", "AB");
    assertEquals(1, happened.size());
    assertEquals(Kind.WRITE, happened.get(0).kind());
    assertArrayEquals("AB".getBytes(), happened.get(0).bytes());
    assertEquals(List.of(), read(WRITE + end, "A"));
  }

  @Test
  void aCallWhoseArgumentsNobodyReadIsNone() throws Exception {
    String lines = "7 ???( <unfinished ...>\n8 pwrite64( <unfinished ...>\n9 fsync() = ?\n";
    assertEquals(List.of(), read(lines, ""));
    assertEquals(List.of(), read("7 syscall_0x461(0x7f01, 0, 0x5) = ?\n", ""));
  }

  @Test
  void aCallThatReturnedIsKnown() {
    String lines = "7 syscall_0x461(0x7f01, 0, 0x5) = 3\n";
    assertThrows(IllegalStateException.class, () -> read(lines, ""));
  }

  @Test
  void aWriteThatReturnedCountsWhateverTheFileHolds() throws Exception {
    String lines = WRITE + " <unfinished ...>\n8 fsync(6</other>) = 0\n";
    List<DiskOperation> operations = read(lines + "7 <... pwrite64 resumed>) = 2\n", "");
    assertEquals(1, operations.size());
    assertEquals(3, operations.get(0).ended());
  }
}
