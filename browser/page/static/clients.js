// The table of clients: name, proportions, counts and progress of each.

import { find, make, put, visible } from "./dom.js";
import { verdicts } from "./model.js";

const inBar = [...verdicts].reverse();

export class Clients {
  #rows = [];

  constructor(model, choose) {
    this.model = model;
    this.choose = choose;
  }

  reset() {
    this.#rows = [];
    find("agents").replaceChildren();
  }

  // show brings the row of an agent up to date.
  show(number, chosen) {
    const agent = this.model.agents[number];
    const row = (this.#rows[number] ??= this.#make(number, agent.name));
    const { of, played } = agent.counts(this.model.offers);
    const all = Math.max(this.model.cases.length, 1);
    let rest = all;
    for (const word of inBar) {
      row.parts[word].hidden = of[word] === 0;
      row.parts[word].style.flexGrow = of[word] / all;
      rest -= of[word];
      row.counts[word].hidden = of[word] === 0;
      put(row.counts[word].firstChild, of[word].toLocaleString("en"));
    }
    row.rest.style.flexGrow = rest / all;
    put(row.played, `${played.toLocaleString("en")} of ${this.model.offers.toLocaleString("en")}`);
    put(row.state, agent.done ? "done" : agent.quiet ? "quiet" : played < this.model.offers ? "under way" : "all played");
    row.button.setAttribute("aria-pressed", number === chosen);
    row.line.toggleAttribute("data-chosen", number === chosen);
  }

  #make(number, name) {
    const each = (tag, children) => Object.fromEntries(inBar.map((word) => [word, make(tag, { className: word, hidden: true }, ...children(word))]));
    const row = {
      parts: each("i", () => []),
      counts: each("li", (word) => [make("b"), ` ${word}`]),
      rest: make("i", { className: "rest" }),
      played: make("strong"),
      state: make("span"),
      button: make("button", { className: "name", type: "button", onclick: () => this.choose(number) }, make("bdi", {}, visible(name))),
    };
    const bar = make("div", { className: "bar", attributes: { "aria-hidden": "true" } }, ...Object.values(row.parts), row.rest);
    const counts = make("ul", { className: "counts" }, ...Object.values(row.counts));
    row.line = make("tr", {}, make("th", { scope: "row" }, row.button, bar, counts), make("td", {}, row.played, row.state));
    find("agents").append(row.line);
    return row;
  }
}
