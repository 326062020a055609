/**
 * The verb {@code status}: its template for prompts, and a cache in a file, so that a prompt costs
 * no round trip.
 */
package org.lesbillets.cli.command.status;
