/**
 * Streaming parsers and writers of tickets: JSON Lines, CSV, and the issues of gh. A record that is
 * no ticket is reported with its line; so is what a ticket cannot hold.
 */
package org.lesbillets.cli.command.bulk.format;
