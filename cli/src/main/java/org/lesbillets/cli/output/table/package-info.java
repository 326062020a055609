/** Results for people: tables and detail views, laid out for the width of the terminal. */
package org.lesbillets.cli.output.table;
