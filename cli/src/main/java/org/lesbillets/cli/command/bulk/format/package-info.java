/**
 * Tickets in bulk, on their way in and out: lines of JSON, CSV, and the issues that gh tells of.
 * What cannot be a ticket is told by its line; what cannot be kept is told too.
 */
package org.lesbillets.cli.command.bulk.format;
