package org.lesbillets.server.soak.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.lesbillets.server.journal.PrivateFiles;
import org.lesbillets.server.soak.power.DiskOperation.Kind;

/**
 * The disk at one instant of a recording: files, and the directory that names them, each with what
 * a sync covers and what is only in memory. One thread.
 */
public final class PowerCut {
  private final Map<String, DiskFile> first = new LinkedHashMap<>();
  private final Map<String, DiskFile> named;
  private final List<Entry> entries = new ArrayList<>();

  /** A change of the directory: names to files, or to null. */
  private static final class Entry {
    private final DiskOperation operation;
    private final Map<String, DiskFile> names = new LinkedHashMap<>();
    private boolean durable;

    Entry(DiskOperation operation) {
      this.operation = operation;
    }
  }

  private PowerCut(Map<String, byte[]> before) {
    before.forEach((name, bytes) -> first.put(name, new DiskFile(bytes)));
    named = new LinkedHashMap<>(first);
  }

  /**
   * The disk while the operation that was entered at {@code instant} is under way.
   *
   * @param before the files at the beginning of the recording, by name: all of them synced
   */
  public static PowerCut at(
      int instant, Map<String, byte[]> before, List<DiskOperation> operations) {
    PowerCut cut = new PowerCut(before);
    for (DiskOperation operation : operations) {
      if (operation.began() > instant) {
        break;
      }
      if (operation.kind() != Kind.SEND) {
        cut.play(operation, operation.ended() <= instant);
      }
    }
    return cut;
  }

  private void play(DiskOperation operation, boolean returned) {
    String name = operation.path().getFileName().toString();
    switch (operation.kind()) {
      case CREATE -> {
        if (!named.containsKey(name)) {
          enter(operation, name, new DiskFile(new byte[0]));
        }
      }
      case UNLINK -> enter(operation, name, null);
      case RENAME -> {
        DiskFile moved = named.get(name);
        enter(operation, operation.target().getFileName().toString(), moved).names.put(name, null);
        named.remove(name);
      }
      case SYNC -> {
        if (returned) {
          named.get(name).synced(operation);
        }
      }
      case SYNC_DIRECTORY -> {
        if (returned) {
          syncDirectory(operation);
        }
      }
      case WRITE, TRUNCATE -> {
        if (!named.containsKey(name)) {
          enter(operation, name, new DiskFile(new byte[0]));
        }
        named.get(name).add(operation);
      }
      case SEND -> throw new IllegalArgumentException("no operation on the disk");
    }
  }

  private Entry enter(DiskOperation operation, String name, DiskFile file) {
    Entry entry = new Entry(operation);
    entry.names.put(name, file);
    entries.add(entry);
    named.put(name, file);
    named.values().removeIf(Objects::isNull);
    return entry;
  }

  private void syncDirectory(DiskOperation sync) {
    for (Entry entry : entries) {
      entry.durable |= entry.operation.ended() <= sync.began();
    }
  }

  /**
   * Writes one of the many directories that may be found after the cut; names that were changed
   * since the last sync of the directory are there in order up to some change, or at random.
   */
  public void write(Path directory, Random random) throws IOException {
    Map<String, DiskFile> found = new LinkedHashMap<>(first);
    int unsynced = (int) entries.stream().filter(entry -> !entry.durable).count();
    int cut = random.nextInt(unsynced + 1);
    boolean inOrder = random.nextInt(4) > 0;
    int index = 0;
    for (Entry entry : entries) {
      if (entry.durable || (inOrder ? index++ < cut : random.nextBoolean())) {
        found.putAll(entry.names);
      }
    }
    for (Map.Entry<String, DiskFile> file : found.entrySet()) {
      if (file.getValue() != null) {
        Path path = Files.createFile(directory.resolve(file.getKey()), PrivateFiles.fileMode());
        Files.write(path, file.getValue().afterPowerCut(random));
      }
    }
  }
}
