/**
 * What goes over the wire: requests, answers and pushes. Each message is an immutable record of a
 * sealed family, and dispatch is a visitor of that family, so that a new message is a compile error
 * wherever it is not handled.
 */
package org.lesbillets.model.message;
