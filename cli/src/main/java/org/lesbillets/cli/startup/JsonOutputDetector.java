package org.lesbillets.cli.startup;

import java.util.List;
import org.lesbillets.cli.output.OutputFormat;

/**
 * Scan of a command line for a JSON output format, without parsing the rest: the parse error itself
 * has to be printed in that format. Stateless.
 */
public final class JsonOutputDetector {
  private JsonOutputDetector() {}

  public static boolean in(List<String> args) {
    int end = args.indexOf("--");
    List<String> options = end < 0 ? args : args.subList(0, end);
    for (int i = 0; i < options.size(); i++) {
      String arg = options.get(i);
      boolean apart = arg.equals("-o") || arg.equals("--output");
      String value = apart && i + 1 < options.size() ? options.get(i + 1) : attached(arg);
      if (isJson(value) || arg.equals("--json")) {
        return true;
      }
    }
    return false;
  }

  private static String attached(String arg) {
    if (arg.startsWith("--output=")) {
      return arg.substring("--output=".length());
    }
    return arg.startsWith("-o") ? arg.substring(2).replaceFirst("^=", "") : "";
  }

  private static boolean isJson(String name) {
    for (OutputFormat format : OutputFormat.values()) {
      if (format.isJson() && format.wireName().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
