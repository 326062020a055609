/** How the desk tells the rest of the server what happened, without knowing who listens. */
package org.lesbillets.server.pubsub;
