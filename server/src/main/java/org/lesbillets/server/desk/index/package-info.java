/** What the desk looks up beside the book, as large as the book at most. The desk's thread. */
package org.lesbillets.server.desk.index;
