/**
 * What a person types: the sealed family of inputs ({@link
 * org.lesbillets.cli.tui.state.editor.Input}), the text with its cursor, drafts. Records.
 */
package org.lesbillets.cli.tui.state.editor;
