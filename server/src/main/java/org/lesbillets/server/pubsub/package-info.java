/** Publish and subscribe between the desk and the rest of the server, which it does not know. */
package org.lesbillets.server.pubsub;
