package org.lesbillets.cli.command.lock;

import java.time.Duration;
import org.lesbillets.cli.OwnExitCode;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.model.message.LockTerms;
import picocli.CommandLine.Option;

/** Mixin: the terms of a lock that is taken. */
public final class LockOptions {
  private static final String CLIENT = "cli";

  /**
   * Lease of a lock that is renewed while a child runs: the time until a dead client's ticket is
   * free.
   */
  private static final Duration KEPT = Duration.ofSeconds(30);

  @Option(
      names = "--ttl",
      paramLabel = "DUR",
      converter = LockConverters.OfTtl.class,
      description = "How long it lasts, 1s to 8h (15m; with a command 30s, renewed).")
  Duration ttl;

  @Option(names = "--note", paramLabel = "T", description = "Why; everybody sees it.")
  String note;

  /** Scanned by {@link OwnExitCode}, so that a parse error elsewhere ends with it, too. */
  @Option(
      names = "-E",
      paramLabel = "N",
      converter = LockConverters.OfExitCode.class,
      description = "What billets itself ends with, 1 to 255, where it fails.")
  Integer ownExitCode;

  /**
   * @param kept whether the lock is renewed by this program
   */
  public LockTerms terms(boolean kept) {
    return new LockTerms(kept && ttl == null ? KEPT : ttl, Converters.textOrNull(note), CLIENT);
  }
}
