/**
 * The live view: its loop, and what carries out the effects. {@code key} names keys, {@code state}
 * is what is known, {@code update} what becomes of it, {@code render} how it looks, {@code
 * terminal} where that goes, {@code live} the desk behind it.
 */
package org.lesbillets.cli.tui;
