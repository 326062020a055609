package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lesbillets.model.wire.BadRequest.LONE;
import static org.lesbillets.model.wire.BadRequest.beyond;
import static org.lesbillets.model.wire.BadRequest.draft;
import static org.lesbillets.model.wire.BadRequest.draftBeyond;
import static org.lesbillets.model.wire.BadRequest.field;
import static org.lesbillets.model.wire.BadRequest.lock;
import static org.lesbillets.model.wire.BadRequest.lockBeyond;
import static org.lesbillets.model.wire.BadRequest.table;
import static org.lesbillets.model.wire.BadRequest.tooLarge;
import static org.lesbillets.model.wire.BadRequest.update;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.message.ClientMessage;

/** What the fields of requests that change a ticket must not be. */
class BadFieldTest {
  @TestFactory
  Stream<DynamicTest> drafts() {
    return table(
        field("CreateTicket", "", "ticket"),
        field("CreateTicket", "'ticket':17", "ticket"),
        field("CreateTicket", "'ticket':[]", "ticket"),
        draft("", "title"),
        draft("'title':17", "title"),
        draft("'title':null", "title"),
        draft("'title':' \u3000'", "title"),
        draft("'title':'a\\nb'", "title"),
        draft("'title':'a\\tb'", "title"),
        draft("'title':'a\u009bb'", "title"),
        draft("'title':'a\u007fb'", "title"),
        draft("'title':'a\\u2028b'", "title"),
        draft("'title':'a\u2029b'", "title"),
        draft("'title':'" + LONE + "'", "message"),
        draft("'title':'\ude00\ud83d'", "message"),
        draftBeyond("'title':''", "title", 1),
        draftBeyond("'title':'" + "😀".repeat(201) + "'", "title", 200),
        draft("'title':'\\ud83d'", "message"),
        draft("'title':'\\ude00\\ud83d'", "message"),
        draft("'title':'t','description':['d']", "description"),
        draft("'title':'t','description':'a\\rb'", "description"),
        draft("'title':'t','description':'" + LONE + "'", "message"),
        draft("'title':'t','priority':'HIGH'", "priority"),
        draft("'title':'t','priority':2", "priority"),
        draft("'title':'t','assignee':'me'", "assignee"),
        draft("'title':'t','assignee':'.bob'", "assignee"),
        draft("'title':'t','assignee':'" + "b".repeat(65) + "'", "assignee"),
        draftBeyond("'title':'t','requester':'" + "r".repeat(201) + "'", "requester", 200),
        draftBeyond("'title':'t','reference':'" + "r".repeat(201) + "'", "reference", 200),
        draft("'title':'t','requester':'a\\nb'", "requester"),
        draft("'title':'t','tags':'a,b'", "tags"),
        draft("'title':'t','tags':[1]", "tags"),
        draft("'title':'t','tags':[null]", "tags"),
        draft("'title':'t','tags':['a\\nb']", "tags"),
        draftBeyond("'title':'t','tags':['']", "tags", 1),
        draftBeyond("'title':'t','tags':['" + "x".repeat(41) + "']", "tags", 40),
        draftBeyond("'title':'t','tags':[" + tags(21) + "]", "tags", 20),
        field("CreateTicket", "'operationId':'17','ticket':{'title':'t'}", "operationId"),
        field("CreateTicket", "'operationId':17,'ticket':{'title':'t'}", "operationId"),
        field(
            "CreateTicket",
            "'operationId':'000000000-000-0000-0000-000000000000','ticket':{'title':'t'}",
            "operationId"));
  }

  /** Texts that show nothing, in each field of one line, and as a comment. */
  @TestFactory
  Stream<DynamicTest> invisible() {
    return table(
        Stream.of(
                "\\u200b", // zero width space
                "\\u200d\\u200c\\u2060", // joiners
                "\\ufeff", // byte order mark
                "\\u00ad", // soft hyphen
                "\\u202e", // right-to-left override
                "\\u2066\\u2069", // isolates
                "\\u200e\\u200f\\u061c", // marks of direction
                " \\u200b\\u3000\\u00a0", // spaces and worse
                "\\u0301", // a combining accent alone
                "\\u0301\\u20dd\\u0903", // combining, enclosing, spacing marks
                "\\ufe0f", // a variation selector
                "\\u3164\\u115f\\u1160\\uffa0", // fillers of Hangul
                "\\u2800", // an empty cell of Braille
                "\\u180e\\u034f\\u17b4", // separators, joiners, vowels without a glyph
                "\\udb40\\udc41\\udb40\\udc7f", // tags
                "\\ud834\\udd59", // the null notehead
                "\\u2065\\ufff0") // ignorable, not assigned
            .flatMap(
                text ->
                    Stream.of(
                        draft("'title':'" + text + "'", "title"),
                        draft("'title':'t','requester':'" + text + "'", "requester"),
                        draft("'title':'t','reference':'" + text + "'", "reference"),
                        draft("'title':'t','tags':['good','" + text + "']", "tags"),
                        update("'addTags':['" + text + "']", "addTags"),
                        update("'title':'" + text + "'", "title"),
                        lock("'note':'" + text + "'", "note"),
                        field("CommentTicket", "'ticket':17,'text':'" + text + "'", "text")))
            .toArray(BadRequest[]::new));
  }

  /** What is visible stays allowed, whatever stands beside it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u200ba",
        "a\u202eb\u202c",
        "\u00e9",
        "e\u0301",
        "\u05d0\u200f",
        "\u0915\u0903",
        "\u4e2d",
        "-",
        ".",
        "\u2764\ufe0f",
        "\ud83d\udc68\u200d\ud83d\udc69",
        "\u2014",
        "\ue0b0",
        "\ud83e\udee8",
        "0\u20e3"
      })
  void visible(String text) throws WireFormatException {
    String json =
        "{'type':'CreateTicket','requestId':'1','ticket':{'title':'%s','tags':['%s']}}"
            .replace('\'', '"')
            .formatted(text, text);
    assertEquals(
        text,
        ((ClientMessage.CreateTicket) MessageCodec.decodeClientMessage(json)).content().title());
  }

  /** A tag that older rules let in can be taken away. */
  @Test
  void anOldTagCanBeRemoved() throws WireFormatException {
    MessageCodec.decodeClientMessage(
        "{\"type\":\"UpdateTicket\",\"requestId\":\"1\",\"ticket\":17,"
            + "\"changes\":{\"removeTags\":[\"\\u200b\"]}}");
  }

  private static String tags(int count) {
    StringBuilder tags = new StringBuilder("'t0'");
    for (int i = 1; i < count; i++) {
      tags.append(",'t").append(i).append('\'');
    }
    return tags.toString();
  }

  @TestFactory
  Stream<DynamicTest> updatesAndComments() {
    return table(
        field("UpdateTicket", "'changes':{}", "ticket"),
        field("UpdateTicket", "'ticket':17", "changes"),
        field("UpdateTicket", "'ticket':17,'changes':null", "changes"),
        field("UpdateTicket", "'ticket':17,'changes':[]", "changes"),
        update("'title':null", "title"),
        update("'status':null", "status"),
        update("'priority':null", "priority"),
        update("'attempts':null", "attempts"),
        update("'attempts':'3'", "attempts"),
        update("'attempts':1.5", "attempts"),
        beyond("UpdateTicket", "'ticket':17,'changes':{'attempts':-1}", "attempts", 0),
        beyond("UpdateTicket", "'ticket':17,'changes':{'attempts':1000001}", "attempts", 1_000_000),
        update("'wakeAt':'soon'", "wakeAt"),
        update("'wakeAt':1795944843", "wakeAt"),
        update("'wakeAt':'2026-11-22T25:00:00Z'", "wakeAt"),
        update("'wakeAt':'2026-11-22T09:00:00'", "wakeAt"),
        update("'wakeAt':'+10000-01-01T00:00:00Z'", "wakeAt"),
        update("'wakeAt':'9999-12-31T23:59:59-01:00'", "wakeAt"),
        update("'status':'locked'", "status"),
        update("'assignee':7", "assignee"),
        update("'addTags':{}", "addTags"),
        update("'removeTags':['\\u0007']", "removeTags"),
        field("UpdateTicket", "'ticket':17,'changes':{},'unlock':'yes'", "unlock"),
        field("UpdateTicket", "'ticket':17,'changes':{},'token':'91'", "token"),
        field("UpdateTicket", "'ticket':17,'changes':{},'token':91.0", "token"),
        field("UpdateTicket", "'ticket':17,'changes':{},'ifRevision':1e3", "ifRevision"),
        beyond("UpdateTicket", "'ticket':17,'changes':{},'token':-1", "token", 0),
        beyond(
            "UpdateTicket",
            "'ticket':17,'changes':{},'token':9007199254740992",
            "token",
            9007199254740991L),
        beyond(
            "UpdateTicket",
            "'ticket':17,'changes':{},'token':" + "9".repeat(400),
            "token",
            9007199254740991L),
        field("CommentTicket", "'ticket':17", "text"),
        field("CommentTicket", "'ticket':17,'text':''", "text"),
        field("CommentTicket", "'ticket':17,'text':' \\n\\t'", "text"),
        field("CommentTicket", "'ticket':17,'text':'\\u0008'", "text"),
        tooLarge("CommentTicket", "'ticket':17,'text':'" + "é".repeat(32_769) + "'", "text"),
        tooLarge(
            "CreateTicket",
            "'ticket':{'title':'t','description':'" + "x".repeat(65_537) + "'}",
            "description"));
  }

  private static final String TITLED = ",'ticket':{'title':'t'}";

  @TestFactory
  Stream<DynamicTest> raises() {
    return table(
        field("RaiseTicket", "'ticket':{'title':'t'}", "key"),
        field("RaiseTicket", "'key':7" + TITLED, "key"),
        beyond("RaiseTicket", "'key':''" + TITLED, "key", 1),
        beyond("RaiseTicket", "'key':'" + "k".repeat(101) + "'" + TITLED, "key", 100),
        field("RaiseTicket", "'key':'a b'" + TITLED, "key"),
        field("RaiseTicket", "'key':'a\\n'" + TITLED, "key"),
        field("RaiseTicket", "'key':'clé'" + TITLED, "key"),
        field("RaiseTicket", "'key':'a'", "ticket"),
        field("RaiseTicket", "'key':'a','ticket':{}", "title"),
        field("RaiseTicket", "'key':'a','text':' '" + TITLED, "text"),
        field("RaiseTicket", "'key':'a','text':7" + TITLED, "text"),
        tooLarge("RaiseTicket", "'key':'a','text':'" + "x".repeat(65_537) + "'" + TITLED, "text"),
        beyond(
            "RaiseTicket", "'key':'a','reopenWithinMillis':-1" + TITLED, "reopenWithinMillis", 0),
        beyond(
            "RaiseTicket",
            "'key':'a','reopenWithinMillis':31622400001" + TITLED,
            "reopenWithinMillis",
            31_622_400_000L),
        field("GetTicket", "'ticket':'key:a b'", "ticket"),
        beyond("GetTicket", "'ticket':'key:'", "ticket", 1),
        beyond("GetTicket", "'ticket':'key:" + "k".repeat(101) + "'", "ticket", 100));
  }

  @TestFactory
  Stream<DynamicTest> ticketsAndLocks() {
    return table(
        lock("'token':true", "token"),
        lock("'ttlMillis':'15m'", "ttlMillis"),
        field("ClaimTicket", "'returns':1", "returns"),
        field("UnlockTicket", "'ticket':17,'giveBack':true", "giveBack"),
        field("UnlockTicket", "'ticket':17,'giveBack':{'failed':'no'}", "giveBack.failed"),
        beyond(
            "UnlockTicket", "'ticket':17,'giveBack':{'wakeMillis':-1}", "giveBack.wakeMillis", 0),
        beyond(
            "UnlockTicket",
            "'ticket':17,'giveBack':{'wakeMillis':31622400001}",
            "giveBack.wakeMillis",
            31_622_400_000L),
        lockBeyond("'ttlMillis':999", "ttlMillis", 1000),
        lockBeyond("'ttlMillis':28800001", "ttlMillis", 28_800_000),
        lockBeyond("'waitMillis':-1", "waitMillis", 0),
        lockBeyond("'waitMillis':2592000001", "waitMillis", 2_592_000_000L),
        lock("'waitMillis':1,'waitForever':true", "waitMillis"),
        lock("'waitForever':1", "waitForever"),
        lock("'steal':91", "steal"),
        lock("'steal':{'reason':'r'}", "steal.token"),
        lock("'steal':{'token':91,'reason':7}", "steal.reason"),
        lockBeyond("'steal':{'token':91,'reason':'" + "r".repeat(201) + "'}", "steal.reason", 200),
        lockBeyond("'note':'" + "n".repeat(201) + "'", "note", 200),
        lockBeyond("'client':'" + "c".repeat(201) + "'", "client", 200),
        lock("'note':'\\u001b]0;owned\\u0007'", "note"),
        field("UnlockTicket", "'ticket':17,'force':{}", "force.token"),
        field("GetTicket", "'ticket':0", "ticket"),
        field("GetTicket", "'ticket':-1", "ticket"),
        field("GetTicket", "'ticket':1.5", "ticket"),
        beyond("GetTicket", "'ticket':1000000000000000", "ticket", 1_000_000_000),
        field("GetTicket", "'ticket':'abc'", "ticket"),
        field("GetTicket", "'ticket':''", "ticket"),
        field("GetTicket", "'ticket':'5b7c\\n'", "ticket"),
        field("GetTicket", "'ticket':'" + "a".repeat(100_000) + "'", "ticket"),
        field("GetTicket", "'ticket':true", "ticket"),
        field("GetTicket", "'ticket':{'id':17}", "ticket"),
        beyond("GetTicket", "'ticket':17,'limit':0", "limit", 1),
        beyond("GetTicket", "'ticket':17,'limit':1001", "limit", 1000),
        beyond("GetTicket", "'ticket':17,'before':-1", "before", 0));
  }
}
