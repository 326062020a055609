/** The verbs that read and change tickets. */
package org.lesbillets.cli.command.ticket;
