package org.lesbillets.server.journal;

/** The outcome of an append. Immutable. */
public sealed interface Outcome {

  /** Durable at {@code revision}; the tail has delivered it. */
  record Appended(long revision) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onAppended(this);
    }
  }

  /**
   * Nothing was written: the idempotency key is recorded already.
   *
   * @param recorded the effect it had
   */
  record Repeated(RecordedOperation recorded) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onRepeated(this);
    }
  }

  /**
   * Nothing was written: the ticket is at another revision than expected, or exists when it should
   * be created.
   *
   * @param current the ticket's revision; 0 if there is none
   */
  record Conflict(long current) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onConflict(this);
    }
  }

  /** Nothing was written: something that the event needs is not there. */
  record Missing(What what) implements Outcome {
    /** What can be missing. */
    public enum What {
      /** A number for the ticket: the highest one is in use. */
      NUMBER,
      /** The comment to be redacted. */
      COMMENT
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onMissing(this);
    }
  }

  /**
   * Nothing was written. A retry may succeed.
   *
   * @param reason null if the queue of appends is full
   */
  record Busy(String reason) implements Outcome {
    public Busy() {
      this(null);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onBusy(this);
    }
  }

  /** Nothing was written: an earlier write failed, and the journal is read-only. */
  record ReadOnly(String reason) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onReadOnly(this);
    }
  }

  /**
   * Nothing was written: the store is not reached at the moment, while others may write to it.
   *
   * @param reason a sentence, that of an {@link Obstacle}
   */
  record Behind(String reason) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onBehind(this);
    }
  }

  /** It may or may not have been written. */
  record Unknown(String reason) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onUnknown(this);
    }
  }

  /**
   * Durable, and delivered by the tail, as {@link Appended}; but what the event removes may still
   * be in the files, where it is removed later.
   *
   * @param reason what is in the way: part of a sentence
   */
  record Unfinished(String reason) implements Outcome {
    @Override
    public void accept(Visitor visitor) {
      visitor.onUnfinished(this);
    }
  }

  void accept(Visitor visitor);

  interface Visitor {
    void onAppended(Appended outcome);

    void onRepeated(Repeated outcome);

    void onConflict(Conflict outcome);

    void onMissing(Missing outcome);

    void onBusy(Busy outcome);

    void onReadOnly(ReadOnly outcome);

    void onBehind(Behind outcome);

    void onUnknown(Unknown outcome);

    void onUnfinished(Unfinished outcome);
  }
}
