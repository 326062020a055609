/** Many tickets at a time: batch, import and export, each a pipeline over one connection. */
package org.lesbillets.cli.command.bulk;
