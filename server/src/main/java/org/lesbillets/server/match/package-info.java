/** What time alone does to the matches of a watch. */
package org.lesbillets.server.match;
