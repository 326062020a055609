/** Facts, in the past tense: what happened to a ticket, and the ticket as it was afterwards. */
package org.lesbillets.model.event;
