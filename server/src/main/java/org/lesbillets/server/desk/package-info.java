/**
 * The single writer. One thread owns the book of tickets: it takes requests in order, has the pure
 * rules of {@code model.rules} decide, has the journal make the event durable, and only then
 * applies and announces it. Nothing in this package needs a mutex.
 */
package org.lesbillets.server.desk;
