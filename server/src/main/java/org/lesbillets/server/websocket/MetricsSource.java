package org.lesbillets.server.websocket;

/** What makes the page of metrics. Any thread. */
@FunctionalInterface
public interface MetricsSource {

  /**
   * A page.
   *
   * @param contentType with its version and character set
   */
  record Scrape(String contentType, String text) {}

  /**
   * The page as it is now, or was a moment ago.
   *
   * @param accept header of the request, or null
   * @return null when there is none yet and another thread makes the first
   */
  Scrape scrape(String accept);
}
