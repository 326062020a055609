/** The verbs that follow what happens: watch and wait. */
package org.lesbillets.cli.command.watch;
