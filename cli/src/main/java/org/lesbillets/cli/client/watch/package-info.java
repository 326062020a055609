/**
 * The endless watch: reconnects, resumes from its position in the journal, drops duplicates, and
 * asks again where the chain of revisions has a gap.
 */
package org.lesbillets.cli.client.watch;
