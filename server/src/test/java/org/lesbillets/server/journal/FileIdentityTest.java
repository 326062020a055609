package org.lesbillets.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are taken for copies, and that none is where inodes do not last. */
class FileIdentityTest {
  private static final long DISK = 8 << 8 | 1;
  private static final long OTHER_DISK = 8 << 8 | 17;
  private static final long VIRTUAL = 42;

  @TempDir Path temp;

  private static boolean isOther(FileIdentity present, FileIdentity written) {
    return present.isOther(written.value());
  }

  @Test
  void anotherInodeOrAnotherDiskIsAnotherFile() {
    FileIdentity file = FileIdentity.of("ext4", DISK, 12);
    assertFalse(isOther(file, FileIdentity.of("ext4", DISK, 12)));
    assertTrue(isOther(file, FileIdentity.of("ext4", DISK, 13)));
    assertTrue(isOther(file, FileIdentity.of("ext4", OTHER_DISK, 12)));
  }

  @Test
  void aVirtualDeviceThatIsNumberedOtherwiseIsTheSame() {
    FileIdentity file = FileIdentity.of("btrfs", VIRTUAL, 12);
    assertFalse(isOther(file, FileIdentity.of("btrfs", VIRTUAL + 1, 12)));
    assertTrue(isOther(file, FileIdentity.of("btrfs", VIRTUAL, 13)));
  }

  @Test
  void whereInodesDoNotLastNoFileIsACopy() {
    for (String type : new String[] {"vfat", "exfat", "fuseblk", "fuse.sshfs"}) {
      FileIdentity file = FileIdentity.of(type, DISK, 12);
      assertEquals(0, file.value(), type);
      assertFalse(isOther(file, FileIdentity.of("ext4", DISK, 13)), type);
      assertFalse(isOther(FileIdentity.of("ext4", DISK, 13), file), type);
    }
  }

  @Test
  void anInodeAloneAsWrittenAtFirstIsStillKnown() {
    assertFalse(FileIdentity.of("ext4", DISK, 12).isOther(12));
    assertTrue(FileIdentity.of("ext4", DISK, 12).isOther(13));
  }

  @Test
  void whatKilledWritesLeftIsRemovedAndNothingElse() throws Exception {
    for (String name : new String[] {"head", "head.1.part", "head.22.part", "tokens.3.part"}) {
      Files.createFile(temp.resolve(name));
    }
    PrivateFiles.removeParts(temp.resolve("head"));
    try (Stream<Path> left = Files.list(temp)) {
      assertEquals(
          List.of("head", "tokens.3.part"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }
}
