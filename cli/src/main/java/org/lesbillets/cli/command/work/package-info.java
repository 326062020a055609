/** The verbs of workers: a claim takes a ticket as from a queue. */
package org.lesbillets.cli.command.work;
