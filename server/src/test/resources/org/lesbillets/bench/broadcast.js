// Sends each text of a client of /write to all clients of /watch, and back as its answer.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
const watchers = new Set();

server.on('listening', () => console.log(server.address().port));
server.on('connection', (socket, request) => {
  if (request.url === '/watch') {
    watchers.add(socket);
    socket.on('close', () => watchers.delete(socket));
    return;
  }
  socket.on('message', (data) => {
    for (const watcher of watchers) {
      watcher.send(data, { binary: false });
    }
    socket.send(data, { binary: false });
  });
});
