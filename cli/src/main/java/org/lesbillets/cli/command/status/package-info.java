/**
 * What {@code billets status} needs besides a desk: a template for prompts, and a file that keeps
 * the last answer for a while, so that a prompt costs no round trip.
 */
package org.lesbillets.cli.command.status;
