/**
 * The connection to a server: one client per connection, changes sent until they are certain, and a
 * watch that resumes for ever.
 */
package org.lesbillets.cli.client;
