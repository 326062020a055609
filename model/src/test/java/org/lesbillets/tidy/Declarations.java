package org.lesbillets.tidy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the types and methods of a source by its braces. It knows no grammar, only how the
 * formatter leaves the sources; that is enough to count. Owned by one thread.
 */
final class Declarations {
  private static final Pattern TYPE =
      Pattern.compile("\\b(class|interface|enum|record)\\s+(\\w+)\\b(?!\\s*=)");
  private static final Pattern ANNOTATION =
      Pattern.compile("@(?!interface\\b)[\\w.]+(\\s*\\([^()]*\\))?");
  private static final Pattern NEW = Pattern.compile("\\bnew\\s+[\\w.]+\\s*(<[^()]*>)?\\s*$");
  private static final Pattern METHOD =
      Pattern.compile("^[\\s)]*(?<before>[\\w\\s<>,.?&\\[\\]]*?)\\b(?<name>\\w+)\\s*\\(");

  /**
   * A type.
   *
   * @param offset where it is declared
   */
  record Type(String name, int offset) {}

  /**
   * A method or constructor.
   *
   * @param offset where its header begins
   * @param end where its last brace, or its semicolon, stands
   * @param parameters how many; 0 for a record's own constructor, which has its components
   */
  record Method(String name, int offset, int end, int parameters) {}

  /** What a brace opened: a type's body (its name, "" if it has none), a method's, or another. */
  private record Block(String typeName, boolean isRecord, int method) {
    static final Block OTHER = new Block(null, false, -1);

    boolean isType() {
      return typeName != null;
    }
  }

  private final String code;
  private final List<Type> types = new ArrayList<>();
  private final List<Method> methods = new ArrayList<>();
  private final Deque<Block> open = new ArrayDeque<>();
  private int headerStart;

  private Declarations(String code) {
    this.code = code;
  }

  static Declarations of(SourceFile file) {
    Declarations declarations = new Declarations(file.code());
    declarations.scan();
    return declarations;
  }

  List<Type> types() {
    return types;
  }

  List<Method> methods() {
    return methods;
  }

  private void scan() {
    open.push(Block.OTHER);
    for (int i = 0; i < code.length(); i++) {
      switch (code.charAt(i)) {
        case '{' -> {
          open.push(blockOpenedAt(i));
          headerStart = i + 1;
        }
        case '}' -> {
          close(i);
          headerStart = i + 1;
        }
        case ';' -> {
          if (open.peek().isType()) {
            method(i);
          }
          headerStart = i + 1;
        }
        default -> {}
      }
    }
  }

  private Block blockOpenedAt(int brace) {
    String header = code.substring(headerStart, brace);
    Matcher type = TYPE.matcher(header);
    if (type.find()) {
      types.add(new Type(type.group(2), headerStart + type.start()));
      return new Block(type.group(2), type.group(1).equals("record"), -1);
    }
    if (isAnonymousClass(header)) {
      return new Block("", false, -1);
    }
    if (!open.peek().isType()) {
      return Block.OTHER;
    }
    if (method(brace)) {
      return new Block(null, false, methods.size() - 1);
    }
    // The body of an enum's constant holds methods too.
    boolean constant = header.strip().endsWith(")") && !header.contains("=");
    return constant ? new Block("", false, -1) : Block.OTHER;
  }

  private static boolean isAnonymousClass(String header) {
    String stripped = header.strip();
    if (!stripped.endsWith(")")) {
      return false;
    }
    int depth = 0;
    for (int i = stripped.length() - 1; i >= 0; i--) {
      depth += stripped.charAt(i) == ')' ? 1 : stripped.charAt(i) == '(' ? -1 : 0;
      if (depth == 0) {
        return NEW.matcher(stripped.substring(0, i)).find();
      }
    }
    return false;
  }

  /** Takes the header that ends at {@code end} for a method's if it is one. */
  private boolean method(int end) {
    String header = withoutAnnotations(code.substring(headerStart, end));
    if (header.contains("=") || header.strip().endsWith("(")) {
      return false;
    }
    Matcher matcher = METHOD.matcher(header);
    if (!matcher.find()) {
      return compactConstructor(header, end);
    }
    String name = matcher.group("name");
    boolean constructor = name.equals(open.peek().typeName());
    if (!constructor && matcher.group("before").isBlank()) {
      return false;
    }
    int count =
        constructor && open.peek().isRecord() ? 0 : parameters(header.substring(matcher.end()));
    methods.add(new Method(name, headerStart + matcher.start("name"), end, count));
    return true;
  }

  private boolean compactConstructor(String header, int end) {
    String[] words = header.strip().split("\\s+");
    String name = words[words.length - 1];
    if (!open.peek().isRecord() || !name.equals(open.peek().typeName())) {
      return false;
    }
    methods.add(new Method(name, headerStart + header.lastIndexOf(name), end, 0));
    return true;
  }

  private static String withoutAnnotations(String header) {
    return ANNOTATION.matcher(header).replaceAll(found -> " ".repeat(found.group().length()));
  }

  private static int parameters(String afterParenthesis) {
    int depth = 0;
    int commas = 0;
    for (int i = 0; i < afterParenthesis.length(); i++) {
      char c = afterParenthesis.charAt(i);
      if (c == ')' && depth == 0) {
        return afterParenthesis.substring(0, i).isBlank() ? 0 : commas + 1;
      }
      depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
      commas += c == ',' && depth == 0 ? 1 : 0;
    }
    return 0;
  }

  private void close(int brace) {
    Block block = open.size() > 1 ? open.pop() : Block.OTHER;
    if (block.method() >= 0) {
      Method method = methods.get(block.method());
      methods.set(
          block.method(), new Method(method.name(), method.offset(), brace, method.parameters()));
    }
  }
}
