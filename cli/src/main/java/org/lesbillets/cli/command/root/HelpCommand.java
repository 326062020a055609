package org.lesbillets.cli.command.root;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.HelpText;
import org.lesbillets.cli.command.Resource;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.output.DataJson;
import org.lesbillets.model.query.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb {@code help}: the verbs, and topics beyond any one verb. */
@Command(
    name = "help",
    description = {
      "Explain a verb, or a topic: agents, exit-codes, query.",
      "The topic agents has what a script or a bot must know, on one page. --spec prints JSON,"
          + " whatever the format: verbs, arguments, options and exit codes, all or those of a"
          + " verb."
    },
    customSynopsis = {
      "billets help [VERB|agents|exit-codes|query]",
      "       billets help --spec [VERB]"
    },
    footer = {
      "  billets help lock",
      "  billets help query",
      "  billets help --spec --json | jq -r '.verbs[].name'"
    })
final class HelpCommand implements Verb {
  /** Each is a text file among the resources. */
  private static final List<String> TOPICS = List.of("agents", "exit-codes", "query");

  @Parameters(arity = "0..2", paramLabel = "VERB", description = "A verb or a topic.")
  List<String> subject = List.of();

  @Option(names = "--spec", description = "What can be typed, as JSON for programs.")
  boolean data;

  @Spec CommandSpec spec;

  @Override
  public void run(CommandContext context) {
    if (data) {
      context.console().printLine(DataJson.of(VerbSpecs.of(command()), context.format()));
    } else {
      context.printText(String.join(" ", subject), text());
    }
  }

  private String text() {
    String topic = String.join(" ", subject);
    return TOPICS.contains(topic)
        ? Resource.text("help-" + topic + ".txt")
        : HelpText.of(command());
  }

  /** The command that the words name; the root without words. */
  private CommandLine command() {
    CommandLine command = spec.root().commandLine();
    for (String word : subject) {
      CommandLine verb = command.getSubcommands().get(word);
      if (verb == null) {
        throw unknown(String.join(" ", subject), command, word);
      }
      command = verb;
    }
    return command;
  }

  /**
   * @param at where the word is none of the verbs
   */
  private UsageException unknown(String subject, CommandLine at, String word) {
    List<String> verbs = HelpText.verbs(spec.root().commandLine());
    if (data && TOPICS.contains(subject)) {
      return new UsageException("--spec is about verbs: leave it out for the topic " + subject);
    }
    List<String> near = new ArrayList<>(HelpText.verbs(at));
    near.addAll(at.getParent() == null ? TOPICS : List.of());
    String meant = Spelling.nearest(word, near);
    return new UsageException(
        "there is no help on '"
            + subject
            + "': "
            + (meant == null
                ? "there are the verbs "
                    + String.join(", ", verbs)
                    + ", and the topics agents, exit-codes and query"
                : "did you mean '"
                    + (subject.substring(0, subject.length() - word.length()) + meant)
                    + "'?"));
  }
}
