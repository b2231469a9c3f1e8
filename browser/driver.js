// The page's side of a test: it opens connections, and tells what it saw of them.
"use strict";

const wsspec = (() => {
  const bufferLimit = 64 << 20; // octets that the other end does not read

  const connections = new Map(); // by number: what ends the wait for it

  // slot resolves when one more connection may be opened, and free says that it has
  // been, or cannot be: Chrome delays all connections of a page the more of them are
  // under way, from some ten on by seconds.
  const slots = 6;
  const waiting = [];
  let opening = 0;

  function slot() {
    if (opening < slots) {
      opening++;
      return Promise.resolve();
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  function free() {
    const next = waiting.shift();
    next ? next() : opening--;
  }

  // steady resolves when the browser will not delay the next connection: Chrome does
  // where more connections have failed to open than have opened, and more so each time
  // (websocket_throttler.cc). So there is a good one for each that fails.
  let opened = 0;
  let failed = 0;

  function steady() {
    if (failed <= opened) {
      return Promise.resolve();
    }
    opened++;
    return new Promise((resolve) => {
      const ws = new WebSocket("steady");
      ws.onopen = ws.onclose = () => resolve();
    });
  }

  // open makes a WebSocket object, and notes what becomes of it in seen, which ended
  // promises when the connection has ended. Without protocols the constructor gets
  // none. There is no object when it throws.
  function open(number, url, protocols) {
    const seen = newSeen();
    const began = performance.now();
    const note = (e) => noteEvent(seen, began, e.type, describe(e));
    let ws;
    try {
      ws = protocols === null ? new WebSocket(url) : new WebSocket(url, protocols);
    } catch (e) {
      noteException(seen, "new WebSocket", e);
      free();
      return { seen, ended: Promise.resolve(seen) };
    }
    ws.binaryType = "arraybuffer";
    const ended = new Promise((resolve) => {
      let isOpen = false;
      let isOver = false;
      const end = () => {
        if (isOver) {
          return;
        }
        isOver = true;
        if (!isOpen) {
          failed++;
          free();
        }
        connections.delete(number);
        noteEnd(seen, ws);
        resolve(seen);
      };
      connections.set(number, () => {
        noteEvent(seen, began, "left");
        end();
        ws.close();
      });
      ws.addEventListener("open", (e) => {
        if (isOver) {
          return;
        }
        isOpen = true;
        opened++;
        free();
        noteOpen(seen, ws);
        note(e);
      });
      ws.addEventListener("message", note);
      ws.addEventListener("error", note);
      ws.addEventListener("close", (e) => {
        note(e);
        end();
      });
    });
    return { ws, seen, ended };
  }

  // connect opens a connection, echoes every message with its type, and promises
  // what it saw when the connection has ended.
  async function connect(number, url, protocols) {
    await slot();
    await steady();
    const { ws, seen, ended } = open(number, url, protocols);
    ws?.addEventListener("message", (e) => {
      if (ws.bufferedAmount > bufferLimit) {
        ws.close(4000, "nobody reads the echoes");
        return;
      }
      try {
        ws.send(e.data);
      } catch (e) {
        noteException(seen, "send", e);
      }
    });
    return ended;
  }

  // play plays the steps of a case, and promises what it saw and what became of each.
  async function play(number, url, steps) {
    await slot();
    await steady();
    const { seen, moves } = await playInPlace(url, steps, (stop) => connections.set(number, stop));
    connections.delete(number);
    if (seen.url) {
      seen.events.some((e) => e.type === "open") ? opened++ : failed++;
    }
    free();
    return { seen, moves };
  }

  // use opens a connection, sends a message of each kind, each when the one before has
  // come back, closes, and promises what it saw and which messages came back.
  async function use(number, url, protocols, patience) {
    await slot();
    const { ws, seen, ended } = open(number, url, protocols);
    const echoes = [];
    const isOpen = ws && (await first(ws, "open", patience));
    if (isOpen) {
      for (const [kind, message] of messages()) {
        const back = first(ws, "message", patience);
        ws.send(message);
        const e = await back;
        echoes.push({ kind, came: Boolean(e), same: Boolean(e) && same(e.data, message) });
        if (!e) {
          break;
        }
      }
      ws.close(1000);
      setTimeout(() => leave(number), patience);
    } else {
      leave(number);
    }
    return { seen: await ended, echoes };
  }

  // messages are what a page may want to send.
  function messages() {
    return [
      ["text", "Hello, W\u00f6rld \u{1f600}"],
      ["binary", Uint8Array.from({ length: 256 }, (_, i) => i).buffer],
      ["empty text", ""],
      ["text of 1 MiB", "0123456789abcdef".repeat(1 << 16)],
      ["binary of 1 MiB", new ArrayBuffer(1 << 20)],
    ];
  }

  // first promises the next event of the type; undefined when none comes in time, or
  // the connection ends.
  function first(ws, type, patience) {
    return new Promise((resolve) => {
      ws.addEventListener(type, resolve, { once: true });
      ws.addEventListener("close", () => resolve(), { once: true });
      setTimeout(resolve, patience);
    });
  }

  function same(a, b) {
    if (typeof a === "string" || typeof b === "string") {
      return a === b;
    }
    const [x, y] = [new Uint8Array(a), new Uint8Array(b)];
    return x.length === y.length && x.every((octet, i) => octet === y[i]);
  }

  // leave ends the wait for a connection that has not ended.
  function leave(number) {
    connections.get(number)?.();
  }

  return { connect, play, use, leave };
})();
