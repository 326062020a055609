/** Many tickets at a time: batch, import and export, over one connection each. */
package org.lesbillets.cli.command.bulk;
