// What the server tells, as it is now. A model calls changed(agent, case), with a
// case below 0 when it is about the agent as a whole, and reset() when everything
// is new.

export const verdicts = ["fail", "error", "lax", "info", "skip", "pass"];
const words = Object.fromEntries(verdicts.map((word) => [word[0], word]));

export class Model {
  offers = 0;
  cases = [];
  sections = [];
  agents = [];
  #session = "";

  constructor(see) {
    this.see = see;
    const source = new EventSource("/events");
    // Events come in order, also while the cases are being fetched.
    let before = Promise.resolve();
    const on = (name, take) => source.addEventListener(name, (event) => {
      before = before.then(() => take(JSON.parse(event.data)));
    });
    on("state", (state) => this.#state(state));
    on("change", (changes) => this.#changes(changes));
    on("end", () => {
      source.close();
      see.live("end");
    });
    source.onerror = () => see.live(source.readyState === EventSource.CLOSED ? "end" : "lost");
  }

  async #state({ session, agents }) {
    if (session !== this.#session) {
      const answer = await fetch("/cases");
      const { offers, cases, sections } = await answer.json();
      Object.assign(this, { offers, cases, sections });
      this.#session = session;
    }
    this.agents = agents.map(({ name, row, done }) => new Agent(name, [...row].map((letter) => words[letter]), done));
    this.see.live("live");
    this.see.reset();
  }

  #changes(changes) {
    for (const [number, at, word, name] of changes) {
      if (word === "+") {
        this.agents[number] = new Agent(name, Array(this.cases.length), false);
      } else if (at < 0) {
        this.agents[number].done = word === "!";
      } else {
        this.agents[number].row[at] = words[word];
      }
      this.agents[number].last = performance.now();
      this.see.changed(number, at);
    }
  }
}

const quietAfter = 30_000; // ms

class Agent {
  constructor(name, row, done) {
    Object.assign(this, { name, row, done, last: performance.now() });
  }

  // quiet says that nothing has come for longer than most cases take.
  get quiet() {
    return performance.now() - this.last > quietAfter;
  }

  // counts says how many cases there are of each verdict, and of the first offers
  // how many have one.
  counts(offers) {
    const of = Object.fromEntries(verdicts.map((word) => [word, 0]));
    let played = 0;
    this.row.forEach((word, at) => {
      if (word) {
        of[word]++;
        if (at < offers) played++;
      }
    });
    return { of, played };
  }
}
