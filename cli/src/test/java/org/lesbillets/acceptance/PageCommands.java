package org.lesbillets.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of commands of a Markdown page, indented or fenced. A block is commands when a line of
 * it begins with a program; it is not run when the comment {@code <!-- not run here: REASON -->}
 * stands above it, or {@code <!-- commands not run here: REASON -->} anywhere on its page.
 * Immutable.
 */
record PageCommands(Path page, List<Block> blocks) {
  /** What stands before a command in a crontab. */
  static final String CRON = "[*0-9/,-]+( [*0-9/,-]+){4} ";

  private static final String INDENT = "    ";
  private static final Pattern PROGRAM =
      Pattern.compile(
          "(\\$ |"
              + CRON
              + "|\\(?(billets|billets-server|sudo|systemctl|journalctl|openssl|gh|ssh|curl|apt"
              + "|apt-get|dpkg|source|export|until|umask|printf|mkdir|tar|kill|tmux|cat|socat)\\s"
              + "|scripts/\\w|\\./|\\w+=\\S* *(billets|scripts/)|token=|PS1=).*");
  private static final Pattern REASON = Pattern.compile("<!-- not run here: (.*) -->");
  private static final Pattern PAGE_REASON =
      Pattern.compile("<!-- commands not run here: (.*) -->");

  /**
   * A block of commands.
   *
   * @param line of the page, from 1
   * @param reason why it is not run; null if it is
   */
  record Block(int line, List<String> lines, String reason) {
    boolean isTranscript() {
      return lines.stream().anyMatch(line -> line.startsWith("$ "));
    }
  }

  static PageCommands of(Path page) throws IOException {
    return new PageCommands(page, new Reader(Files.readString(page)).blocks());
  }

  /** Blocks that are run. */
  List<Block> run() {
    return blocks.stream().filter(block -> block.reason == null).toList();
  }

  /** Blocks that are not. */
  List<Block> notRun() {
    return blocks.stream().filter(block -> block.reason != null).toList();
  }

  private static final class Reader {
    private final List<String> lines;
    private final String pageReason;
    private final List<Block> blocks = new ArrayList<>();
    private String reason;
    private int at;

    Reader(String text) {
      lines = text.lines().toList();
      Matcher all = PAGE_REASON.matcher(text);
      pageReason = all.find() ? all.group(1) : null;
    }

    List<Block> blocks() {
      while (at < lines.size()) {
        String line = lines.get(at);
        Matcher marked = REASON.matcher(line);
        if (marked.matches()) {
          reason = marked.group(1);
          at++;
        } else if (line.startsWith("```")) {
          fenced(line);
        } else if (line.startsWith(INDENT) && (at == 0 || lines.get(at - 1).isEmpty())) {
          indented();
        } else {
          reason = line.isEmpty() ? reason : null;
          at++;
        }
      }
      return blocks;
    }

    private void fenced(String fence) {
      int begin = ++at;
      while (!lines.get(at).equals("```")) {
        at++;
      }
      // Another language is data: a configuration file, say.
      if (fence.matches("```(sh|console)?")) {
        add(begin, lines.subList(begin, at));
      }
      at++;
    }

    private void indented() {
      int begin = at;
      List<String> block = new ArrayList<>();
      while (at < lines.size() && lines.get(at).startsWith(INDENT)) {
        block.add(lines.get(at++).substring(INDENT.length()));
      }
      add(begin, block);
    }

    private void add(int begin, List<String> block) {
      if (block.stream().anyMatch(line -> PROGRAM.matcher(line).matches())) {
        blocks.add(new Block(begin + 1, List.copyOf(block), reason == null ? pageReason : reason));
      }
      reason = null;
    }
  }
}
