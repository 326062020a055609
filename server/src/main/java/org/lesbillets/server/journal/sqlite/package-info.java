/**
 * The journal in an SQLite file: a single writer with group commit, a pool of readers, checksummed
 * rows, and a migration ladder of formats.
 */
package org.lesbillets.server.journal.sqlite;
