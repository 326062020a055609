/**
 * A change as it was asked for, by whom, and how it is answered: once, with the event that it made
 * now or the first time it was asked for, or with a refusal.
 */
package org.lesbillets.server.desk.request;
