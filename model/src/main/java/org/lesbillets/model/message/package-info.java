/**
 * What goes over the wire: requests in the imperative, answers and pushes. Every kind of message is
 * a record of a sealed interface, and whoever dispatches implements its {@code Handler}, so that a
 * new kind is a compile error wherever it is not yet thought of.
 */
package org.lesbillets.model.message;
