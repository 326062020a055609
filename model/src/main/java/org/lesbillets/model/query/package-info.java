/** One language to say which tickets are meant, for lists, watches, claims and the live view. */
package org.lesbillets.model.query;
