package org.lesbillets.model.rules;

import java.util.Optional;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/** Which requests are served at all, and which role each needs. Stateless. */
final class Admission implements ClientMessage.Handler<Admission.Terms> {
  private static final Admission ADMISSION = new Admission();

  /** What a request needs. */
  record Terms(Role role, boolean served) {
    private static final Terms READ = new Terms(Role.READER, true);
    private static final Terms CHANGE = new Terms(Role.AGENT, true);
    private static final Terms ADMINISTER = new Terms(Role.ADMIN, true);
    private static final Terms NOT_SERVED = new Terms(Role.READER, false);
  }

  private Admission() {}

  /** Why {@code message} cannot be asked for by somebody of this role, if so. */
  static Optional<Decision.Rejected> refusal(ClientMessage message, Role role) {
    Terms terms = message.accept(ADMISSION);
    if (!terms.served()) {
      return Optional.of(notServed(message.type() + " is"));
    }
    if (!role.allows(terms.role())) {
      return Optional.of(forbidden(message, role, terms.role()));
    }
    return Optional.empty();
  }

  /** The refusal of a part of the protocol this version of the server leaves out. */
  static Decision.Rejected notServed(String what) {
    return new Decision.Rejected(
        RejectionCode.INVALID,
        what + " part of the protocol, but not served by this version of the server.",
        RejectionDetails.NONE);
  }

  private static Decision.Rejected forbidden(ClientMessage message, Role has, Role needs) {
    return new Decision.Rejected(
        RejectionCode.FORBIDDEN,
        "%s needs the role %s, and your token has the role %s: ask whoever runs the server."
            .formatted(message.type(), needs.wireName(), has.wireName()),
        RejectionDetails.NONE);
  }

  @Override
  public Terms onGetTickets(ClientMessage.GetTickets message) {
    return Terms.READ;
  }

  @Override
  public Terms onGetTicket(ClientMessage.GetTicket message) {
    return Terms.READ;
  }

  @Override
  public Terms onCreateTicket(ClientMessage.CreateTicket message) {
    return Terms.CHANGE;
  }

  @Override
  public Terms onLockTicket(ClientMessage.LockTicket message) {
    return Terms.CHANGE;
  }

  @Override
  public Terms onCancelWait(ClientMessage.CancelWait message) {
    return Terms.READ;
  }

  @Override
  public Terms onClaimTicket(ClientMessage.ClaimTicket message) {
    return Terms.CHANGE;
  }

  @Override
  public Terms onUpdateTicket(ClientMessage.UpdateTicket message) {
    return Terms.CHANGE;
  }

  @Override
  public Terms onCommentTicket(ClientMessage.CommentTicket message) {
    return Terms.CHANGE;
  }

  @Override
  public Terms onUnlockTicket(ClientMessage.UnlockTicket message) {
    return Terms.CHANGE;
  }

  @Override
  public Terms onImportTicket(ClientMessage.ImportTicket message) {
    return Terms.ADMINISTER;
  }

  @Override
  public Terms onImportComment(ClientMessage.ImportComment message) {
    return Terms.ADMINISTER;
  }

  @Override
  public Terms onListSessions(ClientMessage.ListSessions message) {
    return Terms.NOT_SERVED;
  }

  @Override
  public Terms onKickSession(ClientMessage.KickSession message) {
    return Terms.NOT_SERVED;
  }

  @Override
  public Terms onDrain(ClientMessage.Drain message) {
    return Terms.NOT_SERVED;
  }

  @Override
  public Terms onBackup(ClientMessage.Backup message) {
    return Terms.NOT_SERVED;
  }

  @Override
  public Terms onCompact(ClientMessage.Compact message) {
    return Terms.NOT_SERVED;
  }

  @Override
  public Terms onRedactTicket(ClientMessage.RedactTicket message) {
    return Terms.NOT_SERVED;
  }

  @Override
  public Terms onPing(ClientMessage.Ping message) {
    return Terms.READ;
  }
}
