/**
 * {@code billets}, the command: where it starts, and what its failures are called. The verbs are in
 * {@code cli.command}, connections in {@code cli.client}, everything printed in {@code cli.output}.
 */
package org.lesbillets.cli;
