/** Standard streams: the console, the terminal, pipes whose reader has gone, progress. */
package org.lesbillets.cli.output.console;
