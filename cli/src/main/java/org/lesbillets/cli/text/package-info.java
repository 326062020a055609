/**
 * Text on a screen: how many cells it takes, what in it could harm a terminal, how people write
 * times; and the output of programs as a ticket may hold it. Knows no screen; the tables of the
 * command line and the live view share it.
 */
package org.lesbillets.cli.text;
