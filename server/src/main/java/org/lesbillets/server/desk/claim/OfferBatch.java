package org.lesbillets.server.desk.claim;

import java.util.List;
import org.lesbillets.server.work.Slice;

/**
 * Offers that are compared one after the other, each up to its next match, so that many take one
 * journey to a worker. One thread at a time.
 */
public final class OfferBatch implements QueryPage {
  private final List<OfferPage> pages;
  private int at;

  /**
   * @param pages at least one
   */
  public OfferBatch(List<OfferPage> pages) {
    this.pages = pages;
  }

  @Override
  public boolean advance(Slice slice) {
    do {
      if (!pages.get(at).advance(slice)) {
        return false;
      }
      at++;
    } while (at < pages.size() && !slice.isOver());
    return at == pages.size();
  }
}
