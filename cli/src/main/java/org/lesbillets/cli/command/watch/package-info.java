/** The verbs that follow events: watch and wait. */
package org.lesbillets.cli.command.watch;
