/** Tells those who watch: encodes each announced event once, and hands it to the sessions. */
package org.lesbillets.server.update;
