/*
 * Sends each text of a client of /write to all clients of /watch, and back as its answer: one epoll
 * loop on one thread. With the argument "read", the texts of one read leave each socket in one write;
 * with "round", those of all reads of a round. What watchers have not taken yet stays in a ring;
 * writers are not read while it is nearly full.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define RING (64u << 20)
#define FULL (48u << 20)
#define BUFFER (256u << 10)

enum role { NEW, WATCHER, WRITER };

struct client {
  int fd;
  enum role role;
  int blocked;
  uint64_t cursor;
  size_t in_length, out_length;
  char *in, *out;
};

static char *ring;
static uint64_t head;
static int epoll;
static struct client **clients;
static size_t client_count;

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void interest(struct client *c, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  if (epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event) < 0) die("epoll_ctl");
}

static void drop(struct client *c) {
  for (size_t i = 0; i < client_count; i++) {
    if (clients[i] == c) {
      clients[i] = clients[--client_count];
      break;
    }
  }
  close(c->fd);
  free(c->in);
  free(c->out);
  c->fd = -1;
}

static void append(const char *data, size_t length) {
  size_t at = head % RING, first = length < RING - at ? length : RING - at;
  memcpy(ring + at, data, first);
  memcpy(ring, data + first, length - first);
  head += length;
}

/* Writes what a watcher has not got yet. */
static void push(struct client *c) {
  while (c->cursor < head) {
    size_t at = c->cursor % RING, length = head - c->cursor;
    size_t first = length < RING - at ? length : RING - at;
    struct iovec parts[2] = {{ring + at, first}, {ring, length - first}};
    ssize_t count = writev(c->fd, parts, length > first ? 2 : 1);
    if (count < 0 && errno != EAGAIN) {
      c->cursor = head;
      return;
    }
    if (count > 0) c->cursor += count;
    if (c->cursor < head) {
      if (!c->blocked) interest(c, EPOLLIN | EPOLLOUT);
      c->blocked = 1;
      return;
    }
  }
  if (c->blocked) interest(c, EPOLLIN);
  c->blocked = 0;
}

static void answer(struct client *c) {
  size_t done = 0;
  while (done < c->out_length) {
    ssize_t count = write(c->fd, c->out + done, c->out_length - done);
    if (count < 0) break;
    done += count;
  }
  memmove(c->out, c->out + done, c->out_length - done);
  c->out_length -= done;
}

static void upgrade(struct client *c) {
  /* The answer to the generator's key, which is always the same. */
  static const char yes[] =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  c->in[c->in_length] = 0;
  if (!strstr(c->in, "\r\n\r\n")) return;
  c->role = strncmp(c->in, "GET /watch", 10) == 0 ? WATCHER : WRITER;
  c->cursor = head;
  c->in_length = 0;
  if (write(c->fd, yes, sizeof yes - 1) < 0) die("write");
}

/* Takes one frame of a writer; how long it was, or 0 if it is not whole. */
static size_t frame(struct client *c, unsigned char *in, size_t there) {
  if (there < 6) return 0;
  size_t length = in[1] & 0x7f, at = 2;
  if (length == 126) {
    length = in[2] << 8 | in[3];
    at = 4;
  }
  if (there < at + 4 + length) return 0;
  unsigned char *mask = in + at, *payload = in + at + 4;
  for (size_t i = 0; i < length; i++) payload[i] ^= mask[i & 3];
  if ((in[0] & 0x0f) == 1) {
    char start[4] = {(char)0x81, (char)length};
    size_t start_length = 2;
    if (length > 125) {
      start[1] = 126;
      start[2] = (char)(length >> 8);
      start[3] = (char)length;
      start_length = 4;
    }
    append(start, start_length);
    append((char *)payload, length);
    if (c->out_length + start_length + length <= BUFFER) {
      memcpy(c->out + c->out_length, start, start_length);
      memcpy(c->out + c->out_length + start_length, payload, length);
      c->out_length += start_length + length;
    }
  }
  return at + 4 + length;
}

static void take(struct client *c) {
  ssize_t count = read(c->fd, c->in + c->in_length, BUFFER - 1 - c->in_length);
  if (count == 0 || (count < 0 && errno != EAGAIN)) {
    drop(c);
    return;
  }
  if (count < 0) return;
  c->in_length += count;
  if (c->role == NEW) {
    upgrade(c);
  } else if (c->role == WATCHER) {
    c->in_length = 0;
  } else {
    size_t done = 0, one;
    while ((one = frame(c, (unsigned char *)c->in + done, c->in_length - done)) > 0) done += one;
    memmove(c->in, c->in + done, c->in_length - done);
    c->in_length -= done;
  }
}

static void join(int listener) {
  struct client *c = calloc(1, sizeof *c);
  int one = 1;
  c->fd = accept4(listener, 0, 0, SOCK_NONBLOCK);
  if (c->fd < 0) die("accept");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  c->in = malloc(BUFFER);
  c->out = malloc(BUFFER);
  clients = realloc(clients, (client_count + 1) * sizeof *clients);
  clients[client_count++] = c;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) < 0) die("epoll_ctl");
}

/* Writes to all watchers, then the answers; the cursor of the slowest watcher. */
static uint64_t broadcast(void) {
  uint64_t slowest = head;
  for (size_t i = 0; i < client_count; i++) {
    struct client *c = clients[i];
    if (c->role == WATCHER) {
      if (!c->blocked) push(c);
      if (c->cursor < slowest) slowest = c->cursor;
    }
  }
  for (size_t i = 0; i < client_count; i++)
    if (clients[i]->out_length) answer(clients[i]);
  return slowest;
}

int main(int count_of_arguments, char **arguments) {
  int each_read = count_of_arguments > 1 && strcmp(arguments[1], "read") == 0;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 1024) < 0)
    die("listen");
  getsockname(listener, (struct sockaddr *)&address, &length);
  ring = malloc(RING);
  epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = 0}, events[1024];
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  for (uint64_t slowest = 0;;) {
    int count = epoll_wait(epoll, events, 1024, -1);
    for (int i = 0; i < count; i++) {
      struct client *c = events[i].data.ptr;
      if (!c) {
        join(listener);
      } else if (events[i].events & EPOLLOUT) {
        push(c);
      } else if (c->role != WRITER || head - slowest < FULL) {
        uint64_t before = head;
        take(c);
        if (each_read && head > before) slowest = broadcast();
      }
    }
    slowest = broadcast();
  }
}
