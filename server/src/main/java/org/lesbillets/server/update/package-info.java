/** Fan-out: encodes each announced event once, and passes it to the sessions. */
package org.lesbillets.server.update;
