package org.lesbillets.cli.command.ticket;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.EachTicket;
import org.lesbillets.cli.command.TypedRefs;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code comment}. */
@Command(
    name = "comment",
    description = {
      "Comment on a ticket, or with --text on several.",
      "Needs no lock. With several tickets each gets the comment on its own, and the exit code is"
          + " that of the first failure; one that is named twice gets it once.",
      "Standard input is made to fit: control characters and colours are left out, and of more"
          + " than 64 KiB the end is kept, below a line that says how much was left out."
    },
    customSynopsis = {"billets comment REF [TEXT]", "       billets comment REF… --text T"},
    footer = {
      "  billets comment 17 'Called back, no answer.'",
      "  billets list tag:pager -o id | xargs billets comment --text 'On it.'",
      "  journalctl --unit cups | billets comment 17"
    })
public final class CommentCommand implements Verb {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      index = "0",
      paramLabel = "REF",
      converter = Converters.OfRef.class,
      description = "The ticket.")
  TicketRef ref;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description =
          "What to say; read from standard input when it is left out. With --text, more tickets.")
  List<String> words = new ArrayList<>();

  @Option(
      names = "--text",
      paramLabel = "T",
      description = "What to say; - reads standard input. All other words are tickets then.")
  String text;

  private List<TicketRef> refs() {
    List<TicketRef> refs = new ArrayList<>(List.of(ref));
    if (text != null) {
      refs.addAll(TypedRefs.parse(words));
    } else if (words.size() > 1) {
      throw new UsageException(
          "'"
              + words.get(1)
              + "' is one argument too many: put quotes around a text of several words, and with"
              + " several tickets write it behind --text");
    }
    return refs;
  }

  private String typedText() {
    if (text != null) {
      return text;
    }
    return words.isEmpty() ? STANDARD_INPUT : words.get(0);
  }

  @Override
  public void run(CommandContext context) {
    List<TicketRef> refs = refs();
    String said = context.text(typedText(), "comment");
    if (said.isBlank()) {
      throw new UsageException("an empty comment says nothing: give a text");
    }
    EachTicket.change(refs, one -> new ClientMessage.CommentTicket(one, said), context);
  }
}
