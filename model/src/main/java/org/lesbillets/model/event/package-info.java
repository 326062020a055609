/** Events: immutable facts in the past tense, each with the state of its ticket after it. */
package org.lesbillets.model.event;
