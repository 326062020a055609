/**
 * The verb {@code edit}: the template people change in their editor, the drafts kept on disk until
 * they are sent, and the three-way merge of a draft whose ticket has changed. The live view shares
 * drafts, editor and merge; the template and the merge are pure.
 */
package org.lesbillets.cli.command.edit;
