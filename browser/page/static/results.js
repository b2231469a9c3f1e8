// The cases of one client with the verdicts that are asked for, by section.

import { find, make, plural, put, visible } from "./dom.js";
import { verdicts } from "./model.js";

export class Results {
  #shown = new Set(["fail", "error"]);
  #buttons = {};
  #sections = new Map(); // by name
  #agent = -1;

  constructor(model) {
    this.model = model;
    for (const word of verdicts) {
      const toggle = () => {
        if (!this.#shown.delete(word)) this.#shown.add(word);
        this.choose(this.#agent);
      };
      this.#buttons[word] = make("button", { type: "button", className: word, onclick: toggle });
    }
    find("filter").append(...Object.values(this.#buttons));
  }

  // choose shows the cases of an agent from the start; none below 0.
  choose(number) {
    this.#agent = number;
    this.#sections.clear();
    find("results").hidden = number < 0;
    if (number < 0) return;
    put(find("chosen"), visible(this.model.agents[number].name));
    for (const name of this.model.sections) this.#sections.set(name, this.#section(name));
    this.model.agents[number].row.forEach((word, at) => {
      if (this.#shown.has(word)) this.#place(at, word);
    });
    find("sections").replaceChildren(...[...this.#sections.values()].map((section) => section.table));
    this.summarise();
  }

  // changed brings one case up to date.
  changed(at) {
    const section = this.#sections.get(this.model.cases[at].section);
    const word = this.model.agents[this.#agent].row[at];
    section.rows.get(at)?.forEach((row) => row.remove());
    section.rows.delete(at);
    if (this.#shown.has(word)) this.#place(at, word);
    this.#count(section);
  }

  // summarise brings the numbers up to date.
  summarise() {
    const { of } = this.model.agents[this.#agent].counts(this.model.offers);
    let some = 0;
    for (const word of verdicts) {
      const pressed = this.#shown.has(word);
      put(this.#buttons[word], `${word} ${of[word].toLocaleString("en")}`);
      this.#buttons[word].setAttribute("aria-pressed", pressed);
      if (pressed) some += of[word];
    }
    const asked = verdicts.filter((word) => this.#shown.has(word)).join(", ");
    put(find("none"), some > 0 ? "" : asked === "" ? "Choose the verdicts to show." : `No case so far with the verdict ${asked.replace(/, ([^,]*)$/, " or $1")}.`);
    find("none").hidden = some > 0;
  }

  #section(name) {
    const body = make("tbody");
    const number = make("span");
    const head = make("thead", { className: "unseen" }, make("tr", {}, make("th", { scope: "col" }, "Verdict"), make("th", { scope: "col" }, "Case")));
    const columns = make("colgroup", {}, make("col"), make("col"));
    const caption = make("caption", {}, name, " ", number);
    return { table: make("table", { className: "section", hidden: true }, caption, columns, head, body), body, number, rows: new Map() };
  }

  #count(section) {
    section.table.hidden = section.rows.size === 0;
    put(section.number, plural(section.rows.size, "case"));
  }

  // place puts the row of a case where it belongs in its section.
  #place(at, word) {
    const section = this.#sections.get(this.model.cases[at].section);
    const row = this.#row(section, at, word);
    section.rows.set(at, [row]);
    let next = section.body.lastElementChild;
    while (next && Number(next.dataset.at) > at) next = next.previousElementSibling;
    if (next) next.after(row);
    else section.body.prepend(row);
    this.#count(section);
  }

  #row(section, at, word) {
    const { name, id, title } = this.model.cases[at];
    const label = word === "pass" ? make("span", { className: "case" }, id)
      : make("button", { type: "button", className: "case", attributes: { "aria-expanded": "false" } }, id);
    const row = make("tr", { dataset: { at } },
      make("td", {}, make("span", { className: `verdict ${word}` }, word)),
      make("th", { scope: "row" },
        make("span", { className: "what" }, label, name === id ? "" : make("span", { className: "alias" }, `Autobahn ${name}`)),
        make("span", { className: "title" }, title)));
    if (word !== "pass") label.onclick = () => this.#toggle(section, at, row, label);
    return row;
  }

  // toggle shows or hides the account of a case.
  async #toggle(section, at, row, label) {
    const [, open] = section.rows.get(at);
    label.setAttribute("aria-expanded", !open);
    if (open) {
      open.remove();
      section.rows.set(at, [row]);
      return;
    }
    const text = make("pre", { tabIndex: 0, attributes: { role: "region", "aria-label": `What happened in ${this.model.cases[at].id}` } }, "…");
    const account = make("tr", { className: "account", dataset: { at } }, make("td", { colSpan: 2 }, text));
    section.rows.set(at, [row, account]);
    row.after(account);
    put(text, await this.#account(at));
  }

  async #account(at) {
    try {
      const answer = await fetch(`/case?agent=${this.#agent}&case=${at}`);
      return (await answer.text()).trimEnd();
    } catch {
      return "wsspec listen has ended; its reports have the account of this case.";
    }
  }
}
