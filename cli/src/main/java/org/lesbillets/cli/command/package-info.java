/**
 * The verbs of {@code billets}, a class each: its options on top, then a {@code run} that says what
 * it does. A verb knows an {@link org.lesbillets.cli.command.CommandContext} (streams, settings,
 * output) and the {@link org.lesbillets.cli.command.TicketService} it works at; connections are
 * behind that, and failures are thrown for {@code cli.FailureHandler} to put into words.
 */
package org.lesbillets.cli.command;
