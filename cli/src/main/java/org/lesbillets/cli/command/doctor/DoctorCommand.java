package org.lesbillets.cli.command.doctor;

import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.config.SettingsException;
import org.lesbillets.cli.output.Finding;
import org.lesbillets.cli.output.Finding.State;
import org.lesbillets.model.place.NoHomeException;
import picocli.CommandLine.Command;

/**
 * The verb {@code doctor}: runs every check, also after one has failed, and prints what each found.
 * Changes nothing.
 */
@Command(
    name = "doctor",
    description = {
      "What is wrong with this installation, and what to do about each.",
      "Looks at Java, the configuration file, the token, the server, completion, the archive with"
          + " which billets starts sooner, the terminal and the editor. Changes nothing. Ends with"
          + " 1 if a check failed; warnings are no failures."
    },
    customSynopsis = "billets doctor",
    footer = {
      "  billets doctor",
      "  billets --context work doctor",
      "  billets doctor -o json | jq -r '.[] | select(.state != \"ok\") | .cure'"
    })
public final class DoctorCommand implements Verb {
  @Override
  public void run(CommandContext context) {
    List<Finding> findings = new ArrayList<>();
    MachineChecks machine = new MachineChecks(context);
    try {
      findings.add(machine.java());
      new ConnectionChecks(context, findings).run();
      findings.add(guarded("drafts", machine::drafts));
      findings.add(guarded("completion", new CompletionCheck(context)::finding));
      findings.add(machine.archive());
      findings.addAll(machine.terminal());
      findings.add(guarded("editor", machine::editor));
    } finally {
      // Colours would be looked up in it, and it may be what is broken.
      context.dropConfigFile();
    }
    HomeNames names = HomeNames.of(context.folders());
    context.print().findings(findings.stream().map(names::shortened).toList());
    // Before the sentence that counts them, where both go to one terminal.
    context.console().flush();
    conclude(findings);
  }

  /** A check that cannot look is a finding itself. */
  static Finding guarded(String check, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (SettingsException
        | NoHomeException
        | UncheckedIOException
        | InvalidPathException failed) {
      return Sentences.failure(check, failed.getMessage(), "set HOME to your home directory");
    }
  }

  private static void conclude(List<Finding> findings) {
    long failures = Finding.count(findings, State.FAILURE);
    if (failures > 0) {
      throw new UnhealthyException(
          counted(failures, "failure")
              + " and "
              + counted(Finding.count(findings, State.WARNING), "warning")
              + ": each says what to do");
    }
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
