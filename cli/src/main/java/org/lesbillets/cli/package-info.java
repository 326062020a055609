/**
 * {@code billets}, the command: the main class, and the exit codes of its failures. The verbs are
 * in {@code cli.command}, connections in {@code cli.client}, everything printed in {@code
 * cli.output}.
 */
package org.lesbillets.cli;
