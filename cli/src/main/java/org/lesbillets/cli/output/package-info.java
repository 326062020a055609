/**
 * Results as people and scripts see them: one {@link org.lesbillets.cli.output.ResultPrinter} for
 * each output format, and the sentences and JSON they are made of. Foreign texts are sanitized here
 * before a terminal sees them; JSON carries them unchanged.
 */
package org.lesbillets.cli.output;
