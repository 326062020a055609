/** What a running server uses, seen from another process. */
package org.lesbillets.server.soak.gauge;
