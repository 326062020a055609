/**
 * The live view: the program, its event loop and queue, and the executor of its effects. {@code
 * key} names keys, {@code event} is what arrives, {@code state} the model, {@code update} the pure
 * function from model and event to effects, {@code render} the pure function from model to canvas,
 * {@code terminal} the device behind it, {@code live} the server behind it.
 */
package org.lesbillets.cli.tui;
