/** The choice of a ticket for a claim: an index, a search through it, and the pages of that. */
package org.lesbillets.server.desk.claim;
