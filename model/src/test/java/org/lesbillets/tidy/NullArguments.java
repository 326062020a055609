package org.lesbillets.tidy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds calls with two or more arguments {@code null}, whose meaning nobody sees. A type may call
 * its own constructors so, since that is where such values get names. Stateless.
 */
final class NullArguments {
  private static final int TOO_MANY = 2;
  private static final Pattern TOKEN = Pattern.compile("[(){}\\[\\],;]|\\bnull\\b");
  private static final Pattern CALLED = Pattern.compile("([\\w.]+)\\s*(<[^()]*>)?\\s*$");

  /** An open parenthesis, with its bare nulls so far. */
  private static final class Call {
    private final int at;
    private int nulls;

    Call(int at) {
      this.at = at;
    }
  }

  private NullArguments() {}

  /** The offsets of the calls. */
  static List<Integer> of(SourceFile file) {
    String code = file.code();
    Set<String> own =
        Declarations.of(file).types().stream()
            .map(Declarations.Type::name)
            .collect(Collectors.toSet());
    own.addAll(Set.of("this", "super"));
    List<Integer> found = new ArrayList<>();
    Deque<Call> open = new ArrayDeque<>();
    Matcher token = TOKEN.matcher(code);
    while (token.find()) {
      switch (token.group()) {
        case "(", "[", "{" -> open.push(new Call(token.start()));
        case ")", "]", "}" -> {
          Call call = open.pop();
          if (call.nulls >= TOO_MANY && !own.contains(called(code, call.at))) {
            found.add(call.at);
          }
        }
        case "null" -> {
          if (isArgument(code, token.start(), token.end())) {
            open.peek().nulls++;
          }
        }
        default -> {}
      }
    }
    return found;
  }

  private static String called(String code, int parenthesis) {
    Matcher name = CALLED.matcher(code.substring(Math.max(0, parenthesis - 80), parenthesis));
    return name.find() ? name.group(1).substring(name.group(1).lastIndexOf('.') + 1) : "";
  }

  private static boolean isArgument(String code, int start, int end) {
    int before = start - 1;
    while (Character.isWhitespace(code.charAt(before))) {
      before--;
    }
    int behind = end;
    while (Character.isWhitespace(code.charAt(behind))) {
      behind++;
    }
    return "(,".indexOf(code.charAt(before)) >= 0 && ",)".indexOf(code.charAt(behind)) >= 0;
  }
}
