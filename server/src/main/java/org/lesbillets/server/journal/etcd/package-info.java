/** The journal in an etcd cluster, which several servers share. Only this package uses jetcd. */
package org.lesbillets.server.journal.etcd;
