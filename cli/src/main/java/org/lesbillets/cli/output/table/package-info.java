/** Results for people: tables and sheets, cut to the width of the terminal. */
package org.lesbillets.cli.output.table;
