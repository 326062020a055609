/** The fields of a ticket: their values, how they change, and how people write them. */
package org.lesbillets.model.field;
