package org.lesbillets.cli.command.edit;

import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.TicketRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code edit}: a ticket in the user's own editor, under a lock. */
@Command(
    name = "edit",
    description = {
      "Lock a ticket, open it in $VISUAL or $EDITOR, and send what changed.",
      "The lock is kept while the editor runs. A file left as it was, or emptied, changes"
          + " nothing, and so does an editor that fails (:cq in vi). One that opens a window has to"
          + " wait for its end (code --wait, gvim -f, subl -w): one that returns within 2 s and"
          + " wrote nothing is a failure. Whatever goes wrong, the draft is kept and its path"
          + " printed; --recover goes on with it, and shows what others changed meanwhile."
    },
    customSynopsis = "billets edit REF [--recover]",
    footer = {
      "  billets edit 17",
      "  EDITOR='code --wait' billets edit 17",
      "  billets edit 17 --recover"
    })
public final class EditCommand implements Verb {
  @Parameters(paramLabel = "REF", converter = Converters.OfRef.class, description = "The ticket.")
  TicketRef ref;

  @Option(names = "--recover", description = "Go on with the newest draft of this ticket.")
  boolean recover;

  @Override
  public void run(CommandContext context) {
    Editor editor = Editor.chosen(context::environment);
    if (!context.console().terminal().hasKeyboard() && editor.equals(Editor.USUAL)) {
      throw new UsageException(
          "there is no terminal to edit on: set VISUAL or EDITOR to a command that takes a file,"
              + " or use billets update");
    }
    try (EditLock lock = new EditLock(context, ref)) {
      EditSession session = new EditSession(context, editor, lock);
      if (recover) {
        session.recover();
      } else {
        session.edit();
      }
    }
  }
}
