/**
 * The root command, which lists every verb, and their help. Nothing below {@code cli.command}
 * depends on it.
 */
package org.lesbillets.cli.command.root;
