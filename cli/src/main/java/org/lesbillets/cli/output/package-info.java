/**
 * Results as people and scripts see them: one {@link org.lesbillets.cli.output.ResultPrinter} for
 * each output format, and the sentences and JSON they are made of. A verb hands a result to its
 * printer and knows no format; a printer knows no verb and no connection. Foreign texts are
 * sanitized here before a terminal sees them; JSON carries them unchanged, since its escapes make
 * control characters harmless.
 */
package org.lesbillets.cli.output;
