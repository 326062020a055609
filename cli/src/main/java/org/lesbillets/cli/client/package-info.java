/**
 * One connection to a server as the protocol sees it: addresses and settings, requests matched with
 * their answers, pushes, and the two families of exceptions (refused, not reachable).
 */
package org.lesbillets.cli.client;
