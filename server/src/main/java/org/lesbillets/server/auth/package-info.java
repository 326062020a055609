/**
 * Authentication: tokens, each with a name and a role, stored as hashes in a file that commands
 * change beside a running server, and the server's cache of that file.
 */
package org.lesbillets.server.auth;
