/**
 * Text as a screen shows it: how many cells it takes, what in it could harm a terminal, and how
 * people say times; and what programs print, as a ticket may have it. Knows no screen; the tables
 * of the command line and the live view share it.
 */
package org.lesbillets.cli.text;
