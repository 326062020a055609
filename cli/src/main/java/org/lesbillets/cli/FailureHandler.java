package org.lesbillets.cli;

import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.command.ChildExitException;
import org.lesbillets.cli.command.MultipleFailuresException;
import org.lesbillets.cli.command.NotAllowedException;
import org.lesbillets.cli.command.TicketFailureException;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.bench.FaultyDeliveryException;
import org.lesbillets.cli.command.bulk.PartialFailureException;
import org.lesbillets.cli.command.doctor.UnhealthyException;
import org.lesbillets.cli.command.edit.DraftSavedException;
import org.lesbillets.cli.command.lock.LockLostException;
import org.lesbillets.cli.command.watch.WaitOverException;
import org.lesbillets.cli.config.SettingsException;
import org.lesbillets.cli.output.FailureJson;
import org.lesbillets.cli.output.console.ClosedPipeException;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.place.NoHomeException;
import picocli.CommandLine.ParameterException;

/**
 * The one place that turns an exception into a sentence on standard error and an exit code. No
 * stack trace passes it. Immutable.
 *
 * @param say takes a line
 * @param json whether scripts read this, so that the sentence comes as JSON
 * @param ref which of several tickets it is about; null where there is one
 */
record FailureHandler(Consumer<String> say, boolean json, TicketRef ref) {
  FailureHandler(Console console, boolean json) {
    this(console::say, json, null);
  }

  /**
   * @param verb the verb that failed; null when none was parsed
   * @return what to end with: the code of an {@link ExitStatus}, or of the command that was run
   */
  int handle(Throwable failure, String verb) {
    if (failure instanceof MultipleFailuresException several) {
      return handleAll(several.failures(), verb);
    }
    if (failure instanceof TicketFailureException one) {
      return new FailureHandler(say, json, one.ref()).handle(one.failure(), verb);
    }
    if (failure instanceof PartialFailureException some) {
      return counted(some).code();
    }
    if (failure instanceof ChildExitException command) {
      if (command.getMessage() != null) {
        report("CANNOT_RUN", command.getMessage());
      }
      return command.code();
    }
    return status(failure, verb).code();
  }

  /** Each in a separate sentence, or all in one object; the first decides the exit code. */
  private int handleAll(List<RuntimeException> failures, String verb) {
    List<String> lines = new ArrayList<>();
    FailureHandler each = json ? new FailureHandler(lines::add, true, ref) : this;
    List<Integer> codes = failures.stream().map(failure -> each.handle(failure, verb)).toList();
    if (!lines.isEmpty()) {
      say.accept(FailureJson.ofAll(lines));
    }
    return codes.get(0);
  }

  private ExitStatus status(Throwable failure, String verb) {
    if (failure instanceof DraftSavedException kept) {
      return draftSaved(kept, verb);
    }
    if (failure instanceof RejectedException refused) {
      report(refused);
      return ExitStatus.of(refused.code());
    }
    if (failure instanceof ConnectionException connection) {
      report(connection.kind().name(), connection.getMessage());
      return ExitStatus.of(connection.kind());
    }
    return failure instanceof ClosedPipeException
        ? ExitStatus.PIPE_CLOSED
        : handleOwn(failure, verb);
  }

  /** Each of them was reported already. */
  private ExitStatus counted(PartialFailureException some) {
    if (some.first() instanceof RejectedException refused) {
      report(refused.code().name(), some.getMessage());
      return ExitStatus.of(refused.code());
    }
    ConnectionException connection = (ConnectionException) some.first();
    report(connection.kind().name(), some.getMessage());
    return ExitStatus.of(connection.kind());
  }

  private ExitStatus draftSaved(DraftSavedException kept, String verb) {
    if (json) {
      return status(kept.inOneSentence(), verb);
    }
    ExitStatus status = status(kept.getCause(), verb);
    kept.advice().forEach(this::sayAsPlainText);
    return status;
  }

  private ExitStatus handleOwn(Throwable failure, String verb) {
    if (failure instanceof ParameterException wrong) {
      return misused(UsageErrorMessages.sentence(wrong), List.of(), verb);
    }
    if (failure instanceof NotAllowedException refused) {
      report(RejectionCode.FORBIDDEN.name(), refused.getMessage());
      return ExitStatus.of(RejectionCode.FORBIDDEN);
    }
    if (failure instanceof WaitOverException over) {
      report(RejectionCode.TIMEOUT.name(), over.getMessage());
      return ExitStatus.TIMED_OUT;
    }
    if (failure instanceof LockLostException) {
      return ExitStatus.LOCK_LOST;
    }
    if (failure instanceof UsageException wrong) {
      return misused(wrong.getMessage(), wrong.pointer(), verb);
    }
    if (failure instanceof SettingsException wrong && !wrong.inFile()) {
      return misused(wrong.getMessage(), List.of(), verb);
    }
    if (failure instanceof SettingsException wrong) {
      report(ExitStatus.USAGE.name(), wrong.getMessage());
      return ExitStatus.USAGE;
    }
    if (failure instanceof InvalidPathException wrong) {
      return misused(noPath(wrong), List.of(), verb);
    }
    String message =
        failure instanceof UncheckedIOException
                || failure instanceof NoHomeException
                || failure instanceof UnhealthyException
                || failure instanceof FaultyDeliveryException
            ? failure.getMessage()
            : "something went wrong that nobody foresaw (" + failure + "); please report it";
    report(ExitStatus.FAILED.name(), message);
    return ExitStatus.FAILED;
  }

  /** Every UTF-8 text names a file, unless Java was started under a lesser locale. */
  private static String noPath(InvalidPathException wrong) {
    return wrong.getInput().indexOf('\0') >= 0
        ? "a file's name has no NUL in it: " + wrong.getInput()
        : "the locale has no file of this name, try with LC_ALL=C.UTF-8 set: " + wrong.getInput();
  }

  private ExitStatus misused(String sentence, List<String> pointer, String verb) {
    report(ExitStatus.USAGE.name(), sentence);
    if (!json) {
      pointer.forEach(say);
      boolean known = verb != null && !verb.equals("help");
      say.accept("Try: billets help" + (known ? " " + verb : ""));
    }
    return ExitStatus.USAGE;
  }

  private void report(RejectedException refused) {
    if (json) {
      say.accept(FailureJson.of(refused.rejected(), named(refused.getMessage()), refText()));
    } else {
      sayAsPlainText("billets: " + named(refused.getMessage()));
    }
  }

  private void report(String code, String message) {
    if (json) {
      say.accept(FailureJson.of(code, named(message), refText()));
    } else {
      sayAsPlainText("billets: " + named(message));
    }
  }

  private String refText() {
    return ref == null ? null : ref.toString();
  }

  /** With the ticket, where the sentence does not name it as it was typed. */
  private String named(String message) {
    boolean names = ref == null || message.matches("(?is).*\\bticket " + ref + "\\b.*");
    return names ? message : "ticket " + ref + ": " + message;
  }

  private void sayAsPlainText(String line) {
    say.accept(PlainText.line(line));
  }
}
