package org.lesbillets.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of comments: those that tell a story, which have no place there, and the standard terms
 * of the field, of which there must be enough. Stateless; any thread.
 */
final class Vocabulary {
  private static final Pattern STORYTELLING =
      Pattern.compile(
          "\\b(?i:somebody|nobody|everybody|whoever|told|hears?|heard|meanwhile|anew)\\b"
              + "|\\b(?i:comes? to|goes on|to be had)\\b");

  private static final Pattern STANDARD =
      Pattern.compile(
          "\\b(?i:retr(?:y|ies|ied|ying)|callbacks?|idempoten\\w+|rac(?:e|es|ing)|semaphores?"
              + "|leases?|fencing|backoff|jitter|compare-and-set|atomic\\w*|single[- ]writer"
              + "|single-flight|group commit|back-pressure|bounded|fifo|buffer\\w*|cach\\w+"
              + "|snapshots?|cursors?|debounc\\w+|tombstones?|diff3|head-of-line|serializ\\w+"
              + "|(?:im)?mutable|confined|threads?|thread-safe|timeouts?|deadlines?|latency"
              + "|heartbeats?|handshakes?|sockets?|payloads?|decod\\w+|encod\\w+|pars\\w+"
              + "|checksums?|fsync|transactions?|commits?|replay\\w*|checkpoints?|migrations?"
              + "|visitors?|listeners?|subscri\\w+|publish\\w*|broadcast\\w*|optimistic"
              + "|concurren\\w+|asynchron\\w+|synchron\\w+|(?:non-)?blocking|executors?"
              + "|schedul\\w+|pipelin\\w+|state machines?|invariants?|queues?|exit codes?"
              + "|stateless|viewport|grapheme\\w*|facade|factory|adapter|decorator|singleton)\\b");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("[A-Za-z][\\w'-]*");

  /**
   * A count over sources.
   *
   * @param words words of comments
   * @param standard standard terms among them
   */
  record Count(int words, int standard) {
    double standardPerThousand() {
      return words == 0 ? 0 : 1000.0 * standard / words;
    }
  }

  private Vocabulary() {}

  /** The storytelling words in a source's comments. */
  static List<Finding> storytelling(SourceFile file) {
    List<Finding> findings = new ArrayList<>();
    Matcher matcher = STORYTELLING.matcher(comments(file));
    while (matcher.find()) {
      findings.add(file.finding(Rule.STORYTELLING, file.lineAt(matcher.start()), matcher.group()));
    }
    return findings;
  }

  /** Counts the words of the main sources' comments. */
  static Count count(List<SourceFile> sources) {
    int words = 0;
    int standard = 0;
    for (SourceFile file : sources) {
      if (!file.isTest()) {
        String comments = comments(file);
        words += (int) WORD.matcher(comments).results().count();
        standard += (int) STANDARD.matcher(comments).results().count();
      }
    }
    return new Count(words, standard);
  }

  /** The text with everything but comments blanked out, every character in its place. */
  private static String comments(SourceFile file) {
    StringBuilder comments = new StringBuilder(file.text().replaceAll("[^\\n]", " "));
    String withoutLiterals = CodeMask.withoutLiterals(file.text());
    Matcher matcher = COMMENT.matcher(withoutLiterals);
    while (matcher.find()) {
      comments.replace(matcher.start(), matcher.end(), matcher.group());
    }
    return comments.toString();
  }
}
