package org.lesbillets.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of transcripts, read back: for tests that hold for all of them. */
record CliGoldenFile(String name, List<Entry> entries) {
  static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final Pattern COMMAND = Pattern.compile("\\$ billets (.*)    \\((.*)\\)");

  /**
   * One run.
   *
   * @param where in a script or on which terminal
   * @param out standard output, with ␛ for escape
   * @param err lines of standard error
   */
  record Entry(String command, String where, String out, List<String> err, int code) {
    boolean hasFormat(String format) {
      return (command + " ").contains(" -o " + format + " ");
    }

    @Override
    public String toString() {
      return "billets " + command + " (" + where + ")";
    }
  }

  /** All but those of export, which writes data in a form that is named in another way. */
  static List<Entry> allEntries() {
    return all().stream()
        .flatMap(file -> file.entries.stream())
        .filter(entry -> !entry.command.startsWith("export"))
        .toList();
  }

  static List<CliGoldenFile> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(Files::isRegularFile).sorted().map(CliGoldenFile::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CliGoldenFile read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".txt", "");
      return new CliGoldenFile(name, entries(Files.readAllLines(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Entry> entries(List<String> lines) {
    List<Entry> entries = new ArrayList<>();
    Matcher command = null;
    StringBuilder out = new StringBuilder();
    List<String> err = new ArrayList<>();
    for (String line : lines) {
      Matcher begin = COMMAND.matcher(line);
      if (begin.matches()) {
        command = begin;
        out.setLength(0);
        err.clear();
      } else if (line.startsWith("! ")) {
        err.add(line.substring(2));
      } else if (line.matches("= \\d+")) {
        int code = Integer.parseInt(line.substring(2));
        entries.add(
            new Entry(command.group(1), command.group(2), out.toString(), List.copyOf(err), code));
      } else {
        out.append(line).append('\n');
      }
    }
    return entries;
  }
}
