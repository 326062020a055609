/**
 * Who is who: tokens, each with a name and a role, kept as hashes in a file that commands change
 * beside a running server, and the server's view of that file.
 */
package org.lesbillets.server.auth;
