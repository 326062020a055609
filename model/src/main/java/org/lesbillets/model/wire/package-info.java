/** The only place that knows JSON: messages to text and back, and the bounds of both. */
package org.lesbillets.model.wire;
