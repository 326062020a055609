package org.lesbillets.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains the verbs, and what no verb alone could explain. */
@Command(
    name = "help",
    description = "Explain a verb, or a topic: exit-codes, query.",
    customSynopsis = "billets help [VERB|exit-codes|query]",
    footer = {"  billets help lock", "  billets help query"})
final class HelpCommand implements Verb {
  /** Each is a text file beside this class. */
  private static final Set<String> TOPICS = Set.of("exit-codes", "query");

  @Parameters(arity = "0..1", paramLabel = "VERB", description = "A verb or a topic.")
  String subject;

  @Spec CommandSpec spec;

  @Override
  public void run(Invocation invocation) {
    invocation.console().print(text());
  }

  private String text() {
    CommandLine root = spec.root().commandLine();
    if (subject == null) {
      return HelpText.of(root);
    }
    if (TOPICS.contains(subject)) {
      return topic(subject);
    }
    CommandLine verb = root.getSubcommands().get(subject);
    if (verb == null) {
      throw new UsageException(
          "there is no help on '"
              + subject
              + "': there are the verbs "
              + String.join(", ", root.getSubcommands().keySet())
              + ", and the topics exit-codes and query");
    }
    return HelpText.of(verb);
  }

  private static String topic(String name) {
    try (InputStream file = HelpCommand.class.getResourceAsStream("help-" + name + ".txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the help text on " + name + " cannot be read", e);
    }
  }
}
