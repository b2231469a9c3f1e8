load("index").then(index => {
  const $ = id => document.getElementById(id);
  const region = $("matrix"), columns = index.agents.length;
  const wholeBelow = 16000; // cells: so many stand in the page at once, and browsers find text in them
  const haystack = index.ids.map((id, i) => [id, index.titles[i], index.refs[i], index.sections[index.section[i]].slice(0, 2).join(" ")].join(" ").toLowerCase());
  let state, rows = [], order = [], closes = null, current = { row: 0, column: 0 }, shown = { first: -1, last: -1 }, body, rowHeight, narrow;

  function read() {
    const p = parameters();
    return {
      text: p.get("text") || "", verdict: new Set((p.get("verdict") || "").split(",").filter(Boolean)), agent: p.get("agent") || "",
      section: p.get("section") || "", level: p.get("level") || "", differ: p.has("differ"), close: p.has("close"),
    };
  }
  function write() {
    const to = address("", { text: state.text.trim(), verdict: [...state.verdict].join(","), agent: state.agent, section: state.section, level: state.level, differ: state.differ && "1", close: state.close && "1" });
    history.replaceState(null, "", to || location.pathname + location.search);
  }

  // The filters.
  function within(name, wanted) { return name === wanted || name.startsWith(wanted + " ") || name.startsWith(wanted + "."); }
  function matching() {
    const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    const only = index.agents.findIndex(a => a.name === state.agent);
    const of = only < 0 ? index.agents : [index.agents[only]];
    const list = [];
    for (let i = 0; i < index.ids.length; i++) {
      if (!words.every(w => /^[0-9a-z]+-[0-9a-z.]+-[0-9]+$/.test(w) ? index.refs[i].split(" ").includes(w) : haystack[i].includes(w))) continue;
      if (state.section && !within(index.sections[index.section[i]][0], state.section)) continue;
      if (state.level && index.levels[index.level[i]] !== state.level) continue;
      if (only >= 0 && of[0].marks[i] === ".") continue;
      if (state.verdict.size && !of.some(a => state.verdict.has(marks[a.marks[i]].word))) continue;
      if (state.differ && new Set(index.agents.map(a => a.marks[i]).filter(m => m !== ".")).size < 2) continue;
      list.push(i);
    }
    return list;
  }

  function apply() {
    const cases = matching();
    order = index.agents.map((_, i) => i);
    const first = index.agents.findIndex(a => a.name === state.agent);
    if (first > 0) { order.splice(first, 1); order.unshift(first); }
    rows = [];
    let section = -1;
    for (const i of cases) {
      if (index.section[i] !== section) { section = index.section[i]; rows.push({ section }); }
      rows.push({ i });
    }
    $("status").textContent = cases.length + " of " + index.ids.length + " cases" + (columns > 1 ? ", " + columns + " agents" : "") + (rows.length * columns >= wholeBelow ? ". Only the rows in view are in the page: find others with the filters." : ".");
    current = { row: rows.findIndex(r => r.i !== undefined), column: 0 };
    build();
    for (const b of $("verdicts").children) b.setAttribute("aria-pressed", String(state.verdict.has(b.value)));
    for (const [id, value] of [["text", state.text], ["agent", state.agent], ["section", state.section], ["level", state.level]]) if ($(id).value !== value && document.activeElement !== $("text")) $(id).value = value;
    $("differ").setAttribute("aria-pressed", String(state.differ));
    $("closing").setAttribute("aria-pressed", String(state.close));
    $("legend").hidden = !state.close;
  }

  // The grid. All of its rows have the same height, so that only those in view need to be there.
  function build() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize), width = region.clientWidth / rem;
    const thin = state.close ? 3.4 : 2.1; // the last column is to be seen as a whole, if it fits
    const what = width < 45 ? Math.min(12.5, Math.max(8.5, width - columns * thin - .1)) : Math.min(state.close ? 22 : 34, Math.max(20, width - columns * 7.5));
    narrow = columns * 6.5 + what > width;
    const column = narrow ? thin : Math.min(columns === 1 ? 24 : 14, (width - what) / columns);
    rowHeight = Math.round(rem * (state.close ? (narrow || column > 16 ? 3.2 : 4.6) : 2.5));
    region.classList.toggle("narrow", narrow);
    $("legend").textContent = narrow ? "The code of the peer's Close frame: ∅ for none in it, × when none came, * when the closing handshake was not clean, – where no connection opened."
      : "The code of the peer's Close frame, whether the closing handshake was clean, who sent the first Close frame, and who ended TCP.";
    region.style.setProperty("--row", rowHeight + "px");
    const group = h("colgroup", {}, h("col", {}), order.map(() => h("col", {})));
    [...group.children].forEach((c, i) => { c.style.width = (i ? column : what) + "rem"; });
    const head = h("thead", {}, h("tr", { role: "row", "aria-rowindex": "1" }, h("th", { role: "columnheader", scope: "col" }, "Case"),
      order.map(a => h("th", { role: "columnheader", scope: "col", title: index.agents[a].name }, h("span", {}, h("a", { href: index.agents[a].page, tabindex: "-1" }, index.agents[a].name))))));
    body = h("tbody", {});
    const table = h("table", { role: "grid", "aria-label": "Cases and agents", "aria-rowcount": rows.length + 1, "aria-colcount": columns + 1 }, group, head, body);
    table.style.width = what + column * columns + "rem";
    region.replaceChildren(rows.length ? table : h("p", { class: "lead", role: "note" }, " No case fits."));
    shown = { first: -1, last: -1 };
    region.scrollTop = 0;
    draw();
  }
  function draw() {
    let first = 0, last = rows.length;
    if (rows.length * columns >= wholeBelow) {
      first = Math.max(0, Math.floor(region.scrollTop / rowHeight) - 15);
      last = Math.min(rows.length, first + Math.ceil(region.clientHeight / rowHeight) + 30);
      if (shown.first >= 0 && Math.abs(first - shown.first) < 10 && last !== rows.length && first !== 0) return;
    }
    if (first === shown.first && last === shown.last) return;
    const focused = body.contains(document.activeElement);
    shown = { first, last };
    const list = [filler(first)];
    for (let n = first; n < last; n++) list.push(rows[n].i === undefined ? heading(n) : row(n));
    list.push(filler(rows.length - last));
    body.replaceChildren(...list);
    if (focused) focusCell(true);
  }
  function filler(n) {
    const cell = h("td", { colspan: columns + 1 }), tr = h("tr", { class: "filler", "aria-hidden": "true" }, cell);
    cell.style.height = n * rowHeight + "px";
    tr.hidden = n === 0;
    return tr;
  }
  function heading(n) {
    const s = index.sections[rows[n].section];
    return h("tr", { class: "head", role: "row", "aria-rowindex": n + 2 }, h("th", { role: "gridcell", colspan: columns + 1 }, h("span", {}, s[0] + (s[1] ? " · " + s[1] : ""))));
  }
  function row(n) {
    const i = rows[n].i;
    return h("tr", { role: "row", "aria-rowindex": n + 2 },
      h("th", { role: "rowheader", scope: "row", class: "what", title: index.titles[i] }, h("b", {}, index.ids[i]), h("small", {}, index.titles[i])),
      order.map((a, column) => cell(n, i, a, column)));
  }
  function cell(n, i, a, column) {
    const agent = index.agents[a], mark = marks[agent.marks[i]], td = h("td", { role: "gridcell", class: mark.class });
    if (agent.marks[i] === ".") { td.append(h("span", { class: "spoken" }, mark.word)); return td; }
    const how = state.close && closes ? closing(a, i) : null;
    td.append(h("a", { href: address("case.html", { case: index.ids[i], agent: agent.name }), tabindex: n === current.row && column === current.column ? "0" : "-1", "data-at": n + "," + column, title: (narrow ? agent.name + ": " + mark.word : "") + (how ? " " + how.long : "") || null },
      h("span", { class: "g " + mark.class }), h("span", narrow ? { class: "spoken" } : {}, h("span", {}, mark.word), how && !narrow ? h("span", { class: "how" }, how.long) : ""),
      how && narrow ? h("span", { class: "how" }, how.short) : ""));
    return td;
  }

  // How connections ended.
  function closing(a, i) {
    const n = closes.agents[a][i];
    if (n < 0) return null;
    const [opened, clean, code, first, dropped, reset] = closes.outcomes[n];
    if (!opened) return { short: "–", long: "not opened" };
    const side = ["nobody", "wsspec", "peer"];
    const close = code === 0 ? "no Close" : (code === 1005 ? "no code" : code) + (clean ? ", clean" : ", not clean");
    return { short: code ? (code === 1005 ? "∅" : code) + (clean ? "" : "*") : "×", long: close + "; first " + side[first] + "; TCP " + side[dropped] + (reset ? " (RST)" : "") };
  }

  // The keyboard.
  function focusCell(stay) {
    const target = body.querySelector('[data-at="' + current.row + "," + current.column + '"]');
    if (!target) return;
    for (const other of body.querySelectorAll('a[tabindex="0"]')) other.tabIndex = -1;
    target.tabIndex = 0;
    target.focus({ preventScroll: Boolean(stay) });
  }
  function move(down, right) {
    let to = current.row, left = Math.abs(down);
    while (left > 0) {
      let next = to + Math.sign(down);
      while (rows[next] && rows[next].i === undefined) next += Math.sign(down);
      if (!rows[next]) break;
      to = next;
      left--;
    }
    current = { row: to, column: Math.min(columns - 1, Math.max(0, current.column + right)) };
    const top = to * rowHeight, head = region.querySelector("thead").offsetHeight;
    if (top < region.scrollTop + rowHeight) region.scrollTop = Math.max(0, top - rowHeight);
    if (top + rowHeight * 2 + head > region.scrollTop + region.clientHeight) region.scrollTop = top + rowHeight * 2 + head - region.clientHeight;
    draw();
    focusCell();
  }
  region.addEventListener("keydown", event => {
    if (event.ctrlKey && event.key !== "Home" && event.key !== "End" || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(region.clientHeight / rowHeight) - 2);
    const step = {
      ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [page, 0], PageUp: [-page, 0],
      Home: [event.ctrlKey ? -rows.length : 0, -columns], End: [event.ctrlKey ? rows.length : 0, columns],
    }[event.key];
    if (!step || !body.contains(event.target)) return;
    event.preventDefault();
    move(...step);
  });
  region.addEventListener("focusin", event => {
    const at = event.target.dataset && event.target.dataset.at;
    if (at) { const [r, c] = at.split(",").map(Number); current = { row: r, column: c }; }
  });
  let asked = false;
  region.addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; if (rows.length) draw(); });
  });

  // The tools.
  function changed() { write(); apply(); }
  function option(select, value, text) { select.append(h("option", { value }, text || value)); }
  for (const mark of Object.values(marks)) {
    if (mark.word === marks["."].word || !index.agents.some(a => Object.keys(marks).some(l => marks[l] === mark && a.marks.includes(l)))) continue;
    $("verdicts").append(h("button", { type: "button", value: mark.word, "aria-pressed": "false", click: event => {
      const word = event.currentTarget.value;
      if (!state.verdict.delete(word)) state.verdict.add(word);
      changed();
    } }, h("span", { class: "v " + mark.class }, mark.word.replace("-", " "))));
  }
  option($("agent"), "", "any");
  index.agents.forEach(a => option($("agent"), a.name));
  option($("section"), "", "all");
  const documents = new Map();
  for (const [name, title] of index.sections) {
    const words = name.split(" "), document = words.length === 3 ? words[0] + " " + words[1] : "";
    if (document && !documents.has(document)) { documents.set(document, true); option($("section"), document, document + ", all sections"); }
    option($("section"), name, (document ? "\u2003" : "") + name + (title ? " " + title : ""));
  }
  option($("level"), "", "all");
  for (const l of index.levels) if (l) option($("level"), l);
  for (const id of ["agent", "section", "level"]) $(id).addEventListener("change", () => { state[id] = $(id).value; changed(); });
  let typing = 0;
  $("text").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { state.text = $("text").value; changed(); }, 120); });
  $("differ").addEventListener("click", () => { state.differ = !state.differ; changed(); });
  $("differ").hidden = columns < 2;
  $("agent").parentElement.hidden = columns < 2;
  $("closing").addEventListener("click", () => { state.close = !state.close; write(); start(); });
  $("reset").addEventListener("click", () => { state = { text: "", verdict: new Set(), agent: "", section: "", level: "", differ: false, close: false }; changed(); });
  $("tools").addEventListener("submit", event => event.preventDefault());

  function start() {
    if (state.close && !closes) return load("close").then(data => { closes = data; apply(); }, error => complain($("main"), error));
    apply();
  }
  addEventListener("hashchange", () => { state = read(); start(); });
  let lastWidth = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== lastWidth) { lastWidth = innerWidth; build(); } });
  addEventListener("beforeprint", () => { if (rows.length * columns < 60000) { shown = { first: 0, last: rows.length }; body.replaceChildren(...rows.map((r, n) => r.i === undefined ? heading(n) : row(n))); } });
  addEventListener("afterprint", () => { shown = { first: -1, last: -1 }; draw(); });
  state = read();
  $("tools").hidden = region.hidden = false;
  return start();
}).catch(error => complain(document.getElementById("main"), error));
