package org.lesbillets.model.wire;

import static org.lesbillets.model.wire.BadRequest.LONE;
import static org.lesbillets.model.wire.BadRequest.beyond;
import static org.lesbillets.model.wire.BadRequest.field;
import static org.lesbillets.model.wire.BadRequest.invalid;
import static org.lesbillets.model.wire.BadRequest.json;
import static org.lesbillets.model.wire.BadRequest.nameless;
import static org.lesbillets.model.wire.BadRequest.namelessBeyond;
import static org.lesbillets.model.wire.BadRequest.table;
import static org.lesbillets.model.wire.BadRequest.with;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lesbillets.model.message.RejectionCode;

/** What requests must not be: their frame, who asks, lists and imports. */
class BadInputTest {
  @TestFactory
  Stream<DynamicTest> whatIsNoMessage() {
    return table(
        nameless("", "message"),
        nameless(" ", "message"),
        nameless("hello", "message"),
        nameless("17", "message"),
        nameless("null", "message"),
        nameless("'Ping'", "message"),
        nameless("[{'type':'Ping','requestId':'7'}]", "message"),
        nameless("{}", "type"),
        nameless("\uFEFF{'type':'Ping','requestId':'7'}", "message", "7"),
        invalid("{'type':'Ping','requestId':'7'", "message", null),
        invalid("{'type':'Ping','requestId':'7'}}", "message", null),
        invalid("{'type':'Ping','requestId':'7'} {}", "message", null),
        invalid("{'type':'Ping','requestId':'7',}", "message", null),
        invalid("{'type':'Ping','requestId':'7','x':NaN}", "message", null),
        invalid("{'type':'Ping','requestId':'7','x':Infinity}", "message", null),
        invalid("{'type':'Ping','requestId':'7','x':01}", "message", null),
        invalid("{'type':'Ping','requestId':'7','x':TRUE}", "message", null),
        invalid("{'type':'Ping','requestId':'7','x':'a\tb'}", "message", null),
        invalid("{'type':'Ping','requestId':'7','x':'\\x'}", "message", null),
        invalid("{'type':'Ping','requestId':'7' /* why */}", "message", null),
        invalid("{'type':'Ping','requestId':'7';'x':1}", "message", null),
        nameless("{type:'Ping','requestId':'7'}", "message"),
        invalid("{'requestId':'7','type':'Ping','type':'Ping'}", "type", null),
        invalid("{'requestId':'7','type':'Ping','x':{'a':1,'a':1}}", "a", null),
        invalid("{'requestId':'7','type':'Ping','x':" + deep(32) + "}", "message", 32),
        invalid("{'requestId':'7','type':'Ping','x':" + deep(100_000) + "}", "message", 32),
        nameless(deep(100_000), "message"));
  }

  private static String deep(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  @TestFactory
  Stream<DynamicTest> whoAsksWhat() {
    return table(
        invalid("{'requestId':'7'}", "type", null),
        invalid("{'requestId':'7','type':null}", "type", null),
        invalid("{'requestId':'7','type':12}", "type", null),
        invalid("{'requestId':'7','type':{}}", "type", null),
        new BadRequest(json(with("Pong", "")), RejectionCode.UNKNOWN_TYPE, "type", null, "7"),
        new BadRequest(json(with("ping", "")), RejectionCode.UNKNOWN_TYPE, "type", null, "7"),
        new BadRequest(json(with("", "")), RejectionCode.UNKNOWN_TYPE, "type", null, "7"),
        new BadRequest("{\"type\":\"\\u001b[2J\"}", RejectionCode.UNKNOWN_TYPE, "type", null, null),
        nameless("{'type':'Ping'}", "requestId"),
        nameless("{'type':'Ping','requestId':null}", "requestId"),
        nameless("{'type':'Ping','requestId':7}", "requestId"),
        nameless("{'type':'Ping','requestId':['7']}", "requestId"),
        nameless("{'type':'Ping','requestId':'a\\u0000'}", "requestId"),
        nameless("{'type':'Ping','requestId':'" + LONE + "'}", "message"),
        namelessBeyond("{'type':'Ping','requestId':''}", 1),
        namelessBeyond("{'type':'Ping','requestId':'" + "é".repeat(65) + "'}", 64),
        beyond("CancelWait", "'waitRequestId':'" + "x".repeat(65) + "'", "waitRequestId", 64),
        field("CancelWait", "", "waitRequestId"));
  }

  @TestFactory
  Stream<DynamicTest> lists() {
    return table(
        field("GetTickets", "'query':7", "query"),
        field("GetTickets", "'query':'tag:a status:frozen'", "query"),
        field("ClaimTicket", "'query':'age:'", "query"),
        beyond("ClaimTicket", "'query':'" + "tag:a ".repeat(33) + "'", "query", 32),
        beyond("GetTickets", "'query':'number:1" + "|1".repeat(32) + "'", "query", 32),
        beyond("GetTickets", "'query':'" + "a ".repeat(9) + "'", "query", 8),
        beyond("GetTickets", "'query':'" + "a".repeat(4097) + "'", "query", 4096),
        field("GetTickets", "'sort':'colour'", "sort"),
        field("GetTickets", "'sort':'" + "x".repeat(5000) + "'", "sort"),
        beyond("GetTickets", "'limit':0", "limit", 1),
        beyond("GetTickets", "'limit':2147483648", "limit", 2_147_483_647L),
        field("GetTickets", "'watch':'true'", "watch"),
        field("GetTickets", "'fields':'title'", "fields"),
        field("GetTickets", "'fields':[7]", "fields"),
        field("GetTickets", "'fields':['title','titel']", "fields"),
        field("GetTickets", "'fields':['lock.holder']", "fields"),
        field("GetTickets", "'fields':['" + "x".repeat(5000) + "']", "fields"),
        field("GetTickets", "'fields':['\\u001b[2J']", "fields"),
        field("GetTickets", "'fields':['title'],'count':true", "fields"),
        field("GetTickets", "'fields':['title'],'watch':true", "fields"),
        field("GetTickets", "'count':1", "count"),
        field("GetTickets", "'count':true,'watch':true", "count"),
        field("GetTickets", "'since':90", "since"),
        field("GetTickets", "'since':{'revision':90}", "since.journalId"),
        field("GetTickets", "'since':{'journalId':'j'}", "since.revision"),
        beyond("GetTickets", "'since':{'journalId':'j','revision':-1}", "since.revision", 0),
        field("GetTickets", "'since':{'journalId':'j','revision':1,'at':'noon'}", "since.at"),
        beyond(
            "GetTickets", "'since':{'journalId':'j','revision':1,'number':-1}", "since.number", 0),
        beyond("GetTicket", "'ticket':1000000001", "ticket", 1_000_000_000),
        beyond("GetTicket", "'ticket':'1000000001'", "ticket", 1_000_000_000),
        beyond("CommentTicket", "'ticket':" + "9".repeat(40), "ticket", 1_000_000_000));
  }

  @TestFactory
  Stream<DynamicTest> imports() {
    return table(
        field("ImportTicket", "'ticket':17", "ticket"),
        imported("'number':1", "id"),
        imported("'id':'17','number':1", "id"),
        imported(ID, "number"),
        importedBeyond(ID + ",'number':0", "number", 1),
        importedBeyond(ID + ",'number':1000000001", "number", 1_000_000_000),
        importedBeyond(ID + ",'number':999999999999999", "number", 1_000_000_000),
        imported(ID + ",'number':1", "createdAt"),
        imported(ID + ",'number':1,'createdAt':1732267200", "createdAt"),
        imported(ID + ",'number':1,'createdAt':'yesterday'", "createdAt"),
        imported(ID + ",'number':1,'createdAt':'2026-02-30T00:00:00.000Z'", "createdAt"),
        imported(ID + ",'number':1,'createdAt':'2026-02-03T24:00:00.000Z'", "createdAt"),
        imported(ID + ",'number':1,'createdAt':'+12026-02-03T00:00:00Z'", "createdAt"),
        imported(ID + ",'number':1,'createdAt':'2026-02-03T00:00:00Z'", "createdBy"),
        field("ImportTicket", "'ticket':" + WHOLE + ",'comments':7", "comments"),
        field("ImportTicket", "'ticket':" + WHOLE + ",'comments':[7]", "comments"),
        field("ImportTicket", "'ticket':" + WHOLE + ",'comments':[{}]", "comments.at"),
        field("ImportComment", "'comment':" + SAID + ",'place':0", "ticket"),
        field("ImportComment", "'ticket':1,'place':0", "comment"),
        field("ImportComment", "'ticket':1,'comment':{'at':'now'},'place':0", "comment.at"),
        field("ImportComment", "'ticket':1,'comment':" + SAID, "place"),
        beyond("ImportComment", "'ticket':1,'comment':" + SAID + ",'place':-1", "place", 0));
  }

  private static final String ID = "'title':'t','id':'5b7c4c1a-9a0e-4a51-8a52-0d6a4a4f0f11'";
  private static final String WHOLE =
      "{"
          + ID
          + ",'number':1,'createdAt':'2026-02-03T00:00:00Z','createdBy':'a',"
          + "'updatedAt':'2026-02-03T01:00:00+01:00','updatedBy':'a'}";

  private static final String SAID = "{'at':'2026-02-03T00:00:00Z','by':'a','text':'t'}";

  private static BadRequest imported(String fields, String field) {
    return field("ImportTicket", "'ticket':{" + fields + "}", field);
  }

  private static BadRequest importedBeyond(String fields, String field, long limit) {
    return beyond("ImportTicket", "'ticket':{" + fields + "}", field, limit);
  }
}
