// The steps that a case has a page play (package cases, PageStep). They run where this
// file is loaded: in the page, a frame or a worker.
"use strict";

// pollEvery is how often, in ms, an attribute is read that changes without an event. A
// value that is there for less is not found.
const pollEvery = 50;

// playSteps plays the steps, and promises in ended what was seen and what became of
// each step: its value, the exception, the event that came instead, or that it was
// late. There are fewer of these than steps when the page did not come to the others,
// and one more when events came that nobody awaited. stop ends the wait.
function playSteps(url, steps) {
  const seen = newSeen();
  const moves = [];
  const reading = []; // what takes time to read
  const began = performance.now();
  let at = 0; // the step to make
  let over = false; // no more steps are made
  let ended = false; // the connection has, as the steps were told
  let ws = null;
  let state = 3; // of what is left when the object is forgotten
  let last = null; // event
  let resolve;
  const result = new Promise((r) => (resolve = r));

  function run() {
    while (!over && at < steps.length) {
      const step = steps[at];
      if (step.do === "wait" || step.do === "maybe" || step.do === "leave") {
        break;
      }
      if (step.do === "until") {
        if (!Object.is(read(step.name), fromValue(step.value))) {
          setTimeout(run, pollEvery);
          return;
        }
      }
      moves[at] = make(step);
      at++;
      if (step.do === "pause") {
        setTimeout(run, step.args[0].number);
        return;
      }
    }
    const leaves = steps[at]?.do === "leave" && !over;
    if (leaves) {
      moves[at] = {};
    }
    over ||= leaves || at >= steps.length;
    if (leaves || state === 3) {
      setTimeout(finish, 0); // no event can come that is awaited, but one too many
    }
  }

  function make(step) {
    try {
      return perform(step) ?? {};
    } catch (e) {
      noteException(seen, step.do, e);
      return { throws: String(e.name), message: cut(e.message) };
    }
  }

  function perform(step) {
    const args = step.args.map(fromValue);
    switch (step.do) {
      case "new":
        return construct(args);
      case "close":
        return void ws.close(...args);
      case "send":
        return void ws.send(...args);
      case "set":
        return void (step.name === "cookie" ? (document.cookie = args[0]) : (ws[step.name] = args[0]));
      case "is":
        return find(read(step.name));
      case "event":
        last = new CloseEvent("close", args.length ? { code: args[0], reason: args[1], wasClean: args[2] } : undefined);
        return {};
      case "forget":
        ws = null;
        return {};
      case "collect":
        return void collect();
    }
    return {};
  }

  function construct(args) {
    ws = new WebSocket(...(args.length ? args : [url]));
    state = 0;
    seen.url = cut(ws.url);
    ws.onopen = ws.onmessage = ws.onerror = ws.onclose = happened;
  }

  // happened takes an event: the one that is awaited, or one that ends the steps.
  function happened(e) {
    last = e;
    noteEvent(seen, began, e.type, describe(e));
    if (e.type === "open") {
      noteOpen(seen, e.target);
    } else if (e.type === "close") {
      state = 3;
      noteEnd(seen, e.target);
    }
    if (!over) {
      take(e.type);
    } else if (ended) {
      moves.push({ event: e.type });
    }
    if (over && state === 3) {
      setTimeout(finish, 0);
    }
  }

  function take(type) {
    while (steps[at].do === "maybe" && steps[at].name !== type) {
      moves[at++] = {};
    }
    const step = steps[at];
    if ((step.do !== "wait" && step.do !== "maybe") || step.name !== type) {
      moves[at] = { event: type };
      over = true;
      return;
    }
    moves[at++] = {};
    ended = type === "close";
    run();
  }

  // find is what became of reading a value; that of a Blob is promised.
  function find(x) {
    const move = {};
    reading.push(Promise.resolve(toValue(x)).then((value) => (move.value = value)));
    return move;
  }

  function read(name) {
    if (name.startsWith("WebSocket.")) {
      return WebSocket[name.slice("WebSocket.".length)];
    }
    if (["type", "data", "origin", "code", "reason", "wasClean"].includes(name)) {
      return last[name];
    }
    return name === "cookie" ? document.cookie : ws[name];
  }

  async function finish() {
    over = true;
    await Promise.all(reading);
    resolve({ seen, moves });
  }

  // stop ends what has not ended in time.
  function stop() {
    if (!over) {
      moves[at] = { late: true };
    }
    noteEvent(seen, began, "left");
    ws?.close();
    finish();
  }

  run();
  return { ended: result, stop };
}

// collect has the browser collect garbage, or makes some when it does not let itself
// be asked.
function collect() {
  if (typeof gc === "function") {
    gc();
    return;
  }
  for (let i = 0; i < 64; i++) {
    new ArrayBuffer(1 << 20);
  }
}

// fromValue makes a value of JavaScript from one of a case.
function fromValue(v) {
  switch (v.kind) {
    case "null":
      return null;
    case "bool":
      return v.number === 1;
    case "number":
      return v.number;
    case "NaN":
      return NaN;
    case "string":
      return decodeWTF8(octets(v));
    case "list":
      return v.list ?? [];
    case "buffer":
      return octets(v).buffer;
    case "blob":
      return new Blob([octets(v)]);
    case "view":
      return middle(octets(v));
  }
}

// middle is a view of these octets in the middle of others.
function middle(b) {
  const all = new Uint8Array(b.length + 7).fill(0x5a);
  all.set(b, 3);
  return new DataView(all.buffer, 3, b.length);
}

const octets = (v) => Uint8Array.from(atob(v.octets ?? ""), (c) => c.charCodeAt(0));

// toValue makes a value of a case.
async function toValue(x) {
  switch (typeof x) {
    case "boolean":
      return { kind: "bool", number: x ? 1 : 0 };
    case "number":
      return Number.isNaN(x) ? { kind: "NaN" } : { kind: "number", number: x };
    case "string":
      return { kind: "string", octets: base64(encodeWTF8(x)) };
    case "object":
      if (x === null) {
        return { kind: "null" };
      }
      if (x instanceof Blob) {
        return { kind: "blob", octets: base64(new Uint8Array(await x.arrayBuffer())) };
      }
      if (x instanceof ArrayBuffer) {
        return { kind: "buffer", octets: base64(new Uint8Array(x)) };
      }
  }
  return { kind: "undefined" };
}

const base64 = (b) => btoa(Array.from(b, (o) => String.fromCharCode(o)).join(""));

// decodeWTF8 and encodeWTF8 are UTF-8 in which an unpaired surrogate has three octets.
function decodeWTF8(b) {
  let s = "";
  for (let i = 0; i < b.length; ) {
    const size = b[i] < 0x80 ? 1 : b[i] < 0xe0 ? 2 : b[i] < 0xf0 ? 3 : 4;
    let point = size === 1 ? b[i] : b[i] & (0x7f >> size);
    for (const next of b.subarray(i + 1, i + size)) {
      point = (point << 6) | (next & 0x3f);
    }
    s += String.fromCodePoint(point);
    i += size;
  }
  return s;
}

function encodeWTF8(s) {
  const b = [];
  for (const c of s) {
    const point = c.codePointAt(0);
    if (point < 0x80) {
      b.push(point);
    } else if (point < 0x800) {
      b.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
      b.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    } else {
      b.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    }
  }
  return b;
}
