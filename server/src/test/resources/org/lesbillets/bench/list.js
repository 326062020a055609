// The round trip of billets list as a script of the package ws: what to compare with.
const WebSocket = require('ws');

const socket = new WebSocket(process.env.BILLETS_SERVER, {
  headers: { Authorization: `Bearer ${process.env.BILLETS_TOKEN}` },
});
let lines = '';

function line(ticket) {
  const lock = ticket.lock;
  return [
    ticket.number,
    lock ? 'locked' : ticket.status,
    lock ? lock.holder : '',
    ticket.priority,
    ticket.assignee || '',
    ticket.updatedAt,
    ticket.title,
  ].join('\t');
}

socket.on('open', () => socket.send(JSON.stringify({ type: 'GetTickets', requestId: '1' })));
socket.on('message', (data) => {
  const message = JSON.parse(data);
  if (message.type !== 'AllTickets') {
    return;
  }
  lines += message.tickets.map((ticket) => `${line(ticket)}\n`).join('');
  if (!message.more) {
    process.stdout.write(lines);
    socket.close();
  }
});
