package org.lesbillets.model;

/** What random tickets are made of. */
final class TicketPhrases {
  static final String[] AGENTS = {
    "alice", "bob", "chloe", "d.okafor", "Emre_K", "f", "grace-hopper", "h2", "night.shift", "zoe"
  };
  static final String[] CLIENTS = {"cli", "tui", "nightly import", "bot 🤖"};
  static final String[] REQUESTERS = {
    "Mme Lefèvre, compta", "张伟", "o'brien@example.org", "Ops \"on call\"", "Ångström & Söhne", "עדי"
  };
  static final String[] REFERENCES = {
    "mail:20261122.", "call +33 1 23 45 67 ", "https://status.example.org/?a=1&b=<2>#", "INC-"
  };
  static final String[] TAGS = {
    "billing", "vpn", "réseau", "печать", "緊急", "🔥", "on call", "a/b\\c", "p=0,q=1", "\"quoted\""
  };
  static final String[] SUBJECTS = {
    "The printer on floor 3",
    "Le serveur de messagerie",
    "VPN für das Team in Köln",
    "経費精算システム",
    "Резервное копирование",
    "بوابة العملاء",
    "Laptop of the new colleague",
    "C:\\temp\\export.csv",
    "<script>alert('x')</script>",
    "100 % of /var"
  };
  static final String[] TROUBLES = {
    "is on fire",
    "ne répond plus depuis ce matin",
    "fällt alle 15 Minuten aus",
    "が起動しません",
    "не завершается",
    "لا تعمل",
    "shows \"error 0x80070057\" when it starts",
    "needs a new certificate before Friday",
    "keeps asking for a password",
    "is slow, again & again"
  };

  /** An emoji, a family joined of four, a flag, combining marks, full width, a rare ideograph. */
  static final String[] GRAPHEMES = {
    "🖨️", "👩‍👩‍👧‍👦", "🇫🇷", "e\u0301\u0323", "ｗｉｄｅ", "𠜎", "🧑🏽‍💻", "Z\u0351\u036b\u0343"
  };

  private TicketPhrases() {}
}
