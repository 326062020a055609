/** What measurements need of the server's inside, in processes of their own. */
package org.lesbillets.server.bench;
