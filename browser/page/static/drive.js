// The browser as a client: what a driver of Autobahn's fuzzing server does.

const base = location.origin.replace(/^http/, "ws");
const silence = 120_000; // ms without anything from a case, upon which it is given up
const goodbye = 10_000; // ms for the end of a connection that was given up

// nameOf is a short name of a browser.
export function nameOf(userAgent) {
  for (const [sign, name] of [
    ["Edg", "Edge"], ["EdgA", "Edge"], ["OPR", "Opera"], ["SamsungBrowser", "Samsung Internet"], ["FxiOS", "Firefox"],
    ["Firefox", "Firefox"], ["CriOS", "Chrome"], ["HeadlessChrome", "Chrome"], ["Chrome", "Chrome"], ["Version", "Safari"],
  ]) {
    const found = userAgent.match(new RegExp(`\\b${sign}/(\\d+(\\.\\d+)?)`));
    if (found) return `${name} ${found[1]}`;
  }
  return "a browser";
}

export class Drive {
  done = 0;
  total = 0;
  stopped = false;
  #open = new Set();

  // see is called with each case that has ended; heavy(n) tells which cases come
  // last and one by one.
  constructor({ agent, parallel, see, heavy }) {
    Object.assign(this, { agent, parallel, see, heavy });
  }

  // run plays all cases. It throws when there is nothing to talk to.
  async run() {
    const count = await this.#converse("/getCaseCount", false);
    this.total = Number(count.first);
    if (!count.opened || !(this.total > 0)) throw new Error("the server does not answer");
    this.see();
    const numbers = Array.from({ length: this.total }, (_, i) => i + 1);
    await this.#play(numbers.filter((n) => !this.heavy(n)), this.parallel);
    await this.#play(numbers.filter((n) => this.heavy(n)), 1);
    if (this.stopped) return;
    const update = await this.#converse(`/updateReports?agent=${encodeURIComponent(this.agent)}`, false);
    if (!update.opened) throw new Error("the server does not write its reports");
  }

  stop() {
    this.stopped = true;
    this.#open.forEach((socket) => socket.close());
  }

  async #play(numbers, parallel) {
    const next = numbers.values();
    const work = async () => {
      for (const n of next) {
        if (this.stopped) return;
        await this.#case(n);
        if (this.stopped) return;
        this.done++;
        this.see();
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
  }

  #case(n) {
    return this.#converse(`/runCase?case=${n}&agent=${encodeURIComponent(this.agent)}`, true);
  }

  // converse opens a connection and waits for its end.
  #converse(path, echo) {
    return new Promise((resolve) => {
      const socket = new WebSocket(base + path);
      const told = { opened: false, first: undefined };
      let last = performance.now();
      // Timers of their own would take longer than many a message does.
      const watch = setInterval(() => {
        const since = performance.now() - last;
        if (since > silence) socket.close();
        if (since > silence + goodbye) end();
      }, 1000);
      const end = () => {
        clearInterval(watch);
        this.#open.delete(socket);
        resolve(told);
      };
      socket.binaryType = "arraybuffer";
      socket.onopen = () => {
        told.opened = true;
        last = performance.now();
      };
      socket.onmessage = ({ data }) => {
        told.first ??= data;
        last = performance.now();
        if (echo && socket.readyState === WebSocket.OPEN) socket.send(data);
      };
      socket.onclose = end;
      this.#open.add(socket);
    });
  }
}
