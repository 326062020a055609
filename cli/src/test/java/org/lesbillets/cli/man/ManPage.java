package org.lesbillets.cli.man;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that picocli has written in AsciiDoc. Its texts are those of the help, in which a star or
 * a brace means nothing but itself: here they are marked as such. One thread.
 */
final class ManPage {
  /** The words one types as they are, and what follows. */
  private static final Pattern CALL = Pattern.compile("(billets(?: [a-z]+(?= |$))*) ?(.*)");

  private final String page;

  ManPage(String page) {
    this.page = page;
  }

  String improved(String version) {
    List<String> lines = new ArrayList<>();
    String section = "";
    String before = "";
    for (String line : page.lines().filter(l -> !l.startsWith("// ")).toList()) {
      if (line.startsWith("== ")) {
        section = line.substring(2).strip().replace(":", "");
        lines.add("== " + section);
      } else if (line.startsWith(":mansource:")) {
        lines.add(":mansource: billets " + version);
      } else if (!line.startsWith(":revnumber:") && !line.equals("[%hardbreaks]")) {
        lines.addAll(improved(section, before, line));
      }
      before = line;
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> improved(String section, String before, String line) {
    boolean own = line.startsWith("  ");
    return switch (section) {
      case "Synopsis" -> synopsis(line.strip());
      // What is indented in a description is shown as it is, apart from the text around it.
      case "Description" ->
          own && before.startsWith("  ") ? List.of(line) : List.of("", own ? line : plain(line));
      case "Options", "Arguments", "Commands" ->
          List.of(own && before.endsWith("::") ? "  " + plain(line.strip()) : line);
      default -> List.of(line);
    };
  }

  /** Each form of a call on a line of its own, however it was broken for the help. */
  private static List<String> synopsis(String line) {
    if (line.isEmpty()) {
      return List.of("");
    }
    Matcher call = CALL.matcher(line);
    return call.matches()
        ? List.of("", ("*" + call.group(1) + "* " + plain(call.group(2))).strip())
        : List.of(plain(line));
  }

  private static String plain(String text) {
    return text.isBlank() ? "" : "++" + text + "++";
  }
}
