/**
 * Where everything is decided. One thread owns the book of tickets: it takes requests in order,
 * lets pure rules decide, has the journal make the event durable, and only then applies and
 * announces it. Nothing in this package locks.
 */
package org.lesbillets.server.desk;
