// What a page tells of the events of a WebSocket object.
"use strict";

const textKept = 4096; // UTF-16 code units of what a server sent
const eventsKept = 64; // of the first events of a connection; the last are always kept

const cut = (s) => String(s).slice(0, textKept);

// newSeen is what a page has seen of a connection before it began.
function newSeen() {
  return { url: "", events: [], omitted: 0, exceptions: [], protocol: "", extensions: "", readyState: 0, bufferedAmount: 0 };
}

// noteEvent notes an event, and what more is to be said of it.
function noteEvent(seen, began, type, more) {
  if (seen.events.length >= eventsKept && type === "message") {
    seen.omitted++;
    return;
  }
  seen.events.push({ at: performance.now() - began, type, ...more });
}

// describe is what is to be said of an event.
function describe(e) {
  switch (e.type) {
    case "message":
      return typeof e.data === "string" ? { text: true, size: e.data.length } : { size: e.data.size ?? e.data.byteLength };
    case "close":
      return { code: e.code, reason: cut(e.reason), wasClean: e.wasClean };
  }
  return {};
}

// noteOpen and noteEnd note the attributes that the object has then.
function noteOpen(seen, ws) {
  seen.protocol = cut(ws.protocol);
  seen.extensions = cut(ws.extensions);
}

function noteEnd(seen, ws) {
  seen.url = cut(ws.url);
  seen.readyState = ws.readyState;
  seen.bufferedAmount = ws.bufferedAmount;
}

function noteException(seen, doing, e) {
  if (seen.exceptions.length < eventsKept) {
    seen.exceptions.push({ doing, name: String(e.name), message: cut(e.message) });
  }
}
