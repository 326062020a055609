/**
 * The journal in one SQLite file. A thread of its own writes, many appends to a transaction; a few
 * connections read beside it. The only place that knows JDBC.
 */
package org.lesbillets.server.journal.sqlite;
