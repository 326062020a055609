package org.lesbillets.cli.command.root;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.HelpText;
import org.lesbillets.cli.command.Resource;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.query.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb {@code help}: the verbs, and topics beyond any one verb. */
@Command(
    name = "help",
    description = "Explain a verb, or a topic: exit-codes, query.",
    customSynopsis = "billets help [VERB|exit-codes|query]",
    footer = {"  billets help lock", "  billets help query"})
final class HelpCommand implements Verb {
  /** Each is a text file beside this class. */
  private static final List<String> TOPICS = List.of("exit-codes", "query");

  @Parameters(arity = "0..2", paramLabel = "VERB", description = "A verb or a topic.")
  List<String> subject = List.of();

  @Spec CommandSpec spec;

  @Override
  public void run(CommandContext context) {
    context.printText(String.join(" ", subject), text());
  }

  private String text() {
    CommandLine command = spec.root().commandLine();
    String subject = String.join(" ", this.subject);
    if (TOPICS.contains(subject)) {
      return Resource.text("help-" + subject + ".txt");
    }
    for (String word : this.subject) {
      CommandLine verb = command.getSubcommands().get(word);
      if (verb == null) {
        throw unknown(subject, command, word);
      }
      command = verb;
    }
    return HelpText.of(command);
  }

  /**
   * @param at where the word is none of the verbs
   */
  private UsageException unknown(String subject, CommandLine at, String word) {
    List<String> verbs = HelpText.verbs(spec.root().commandLine());
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
                    + ", and the topics exit-codes and query"
                : "did you mean '"
                    + (subject.substring(0, subject.length() - word.length()) + meant)
                    + "'?"));
  }
}
