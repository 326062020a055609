/**
 * What people and scripts get to see: one {@link org.lesbillets.cli.output.ResultPrinter} for each
 * output format, the tables and sentences they are made of, and the {@link
 * org.lesbillets.cli.output.console.Console} that owns the streams. Texts other people wrote are
 * made harmless here before a terminal sees them; JSON carries them untouched.
 */
package org.lesbillets.cli.output;
