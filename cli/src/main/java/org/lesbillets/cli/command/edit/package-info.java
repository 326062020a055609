/**
 * What {@code billets edit} works with: the template people change in their editor, the drafts kept
 * on disk until they are sent, and the three-way view of a draft whose ticket has moved. Knows
 * nothing of connections; all but {@link org.lesbillets.cli.command.edit.Drafts} and {@link
 * org.lesbillets.cli.command.edit.Editor} is pure.
 */
package org.lesbillets.cli.command.edit;
