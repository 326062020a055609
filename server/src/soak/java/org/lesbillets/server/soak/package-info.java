/**
 * Long runs against the running server, which is killed meanwhile, and what is checked afterwards:
 * that its history is one that the model of locks allows.
 */
package org.lesbillets.server.soak;
