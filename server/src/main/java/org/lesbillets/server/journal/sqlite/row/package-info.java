/** Rows with a checksum: how values become columns, and what their checksum covers. */
package org.lesbillets.server.journal.sqlite.row;
