package org.lesbillets.server.journal;

/** What became of an append. */
public sealed interface Outcome {

  /** It is durable at {@code revision}, and the tail has delivered it or will. */
  record Appended(long revision) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onAppended(this);
    }
  }

  /**
   * Nothing was written: this operation had its effect before.
   *
   * @param recorded what the journal knows of it
   */
  record Repeated(RecordedOperation recorded) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onRepeated(this);
    }
  }

  /**
   * Nothing was written: the ticket is at another revision than expected, or, for a create, there.
   *
   * @param current the ticket's revision; 0 if it is not there
   */
  record Conflict(long current) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onConflict(this);
    }
  }

  /** Nothing was written: the ticket needs a number, and the highest one is in use. */
  record NoNumberLeft() implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onNoNumberLeft(this);
    }
  }

  /** Nothing was written, because too much waits to be written already: try again. */
  record Busy() implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onBusy(this);
    }
  }

  /** Nothing was written, because an earlier write failed and the journal takes no more. */
  record ReadOnly(String reason) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onReadOnly(this);
    }
  }

  /** It may have been written, or not. */
  record Unknown(String reason) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onUnknown(this);
    }
  }

  void accept(Visitor visitor);

  /** One method for each outcome. */
  interface Visitor {
    void onAppended(Appended outcome);

    void onRepeated(Repeated outcome);

    void onConflict(Conflict outcome);

    void onNoNumberLeft(NoNumberLeft outcome);

    void onBusy(Busy outcome);

    void onReadOnly(ReadOnly outcome);

    void onUnknown(Unknown outcome);
  }
}
