/**
 * Writes, during the build, what a distribution carries besides programs: man pages, and the
 * completion scripts where shells look for them. What picocli makes of the command line's model is
 * turned into man pages by Asciidoctor.
 */
package org.lesbillets.cli.man;
