const place = document.getElementById("case");
const casesPerFile = 200;

load("index").then(index => {
  addEventListener("hashchange", () => { show().then(() => { scrollTo(0, 0); document.getElementById("main").focus({ preventScroll: true }); }); });
  return show();

  async function show() {
    const p = parameters(), i = index.ids.indexOf(p.get("case"));
    if (i < 0) {
      place.replaceChildren(h("h1", {}, "No such case"), h("p", {}, "This report has no case ", h("code", {}, p.get("case") || ""), ". ", h("a", { href: "matrix.html" }, "All cases"), "."));
      return;
    }
    let a = index.agents.findIndex(agent => agent.name === p.get("agent"));
    if (a < 0) a = Math.max(0, index.agents.findIndex(agent => agent.marks[i] !== "."));
    const agent = index.agents[a], chunk = agent.chunks.filter(first => first <= i).length - 1;
    try {
      const [scripts, rules, details] = await Promise.all([
        load("cases-" + Math.floor(i / casesPerFile)), load("requirements"), chunk < 0 ? {} : load((a + 1) + "-" + chunk),
      ]);
      draw(index, i, a, scripts[i], rules, details[i] || null);
    } catch (error) {
      complain(place, error);
    }
  }
}).catch(error => complain(place, error));

function draw(index, i, a, script, rules, result) {
  const agent = index.agents[a], letter = agent.marks[i], refs = index.refs[i].split(" ").filter(Boolean);
  const section = index.sections[index.section[i]];
  document.title = marks[letter].word + " " + index.ids[i] + " · " + agent.name;
  const played = (result && result.script) || script.script;
  const judged = result && result.rule && !refs.includes(result.rule) ? [result.rule, ...refs] : refs;
  place.replaceChildren(...[
    h("p", { class: "crumbs" }, h("a", { href: agent.page }, agent.name), " · ", h("a", { href: address("matrix.html", { section: section[0] }) }, section[0] + (section[1] ? " " + section[1] : ""))),
    h("h1", { id: "heading" }, index.titles[i] || index.ids[i]),
    h("p", { class: "verdict-line" }, badge(letter), h("code", {}, index.ids[i]), h("span", { class: "soft small" }, [index.levels[index.level[i]], result ? result.ms.toFixed(result.ms < 10 ? 1 : 0) + " ms" : "", result && result.quick ? "played with less data than in full" : ""].filter(Boolean).join(" · "))),
    others(index, i, a),
    versus(letter, result, script),
    script.note && "lfe".includes(letter) ? h("p", { class: "small soft" }, script.note) : null,
    meaning(result),
    h("h2", {}, judged.length > 1 ? "Requirements" : "Requirement"), requirements(judged, rules, result && result.rule),
    handshakes(result), wire(result, letter), page(result), how(result),
    h("h2", {}, "What it plays"), h("p", { class: "soft" }, "> is what wsspec sends, and < what it expects of the peer.", played.includes("\n@ ") ? " @ is what the page does meanwhile." : ""), notation(played),
    again(agent, index.ids[i], result), turn(index, i, a),
  ].filter(Boolean));
}

function others(index, i, a) {
  if (index.agents.length < 2) return null;
  return h("nav", { "aria-label": "Agents" }, h("ul", { class: "others" }, index.agents.map((other, n) => other.marks[i] === "." ? null :
    h("li", {}, h("a", { href: address("case.html", { case: index.ids[i], agent: other.name }), "aria-current": n === a ? "true" : null }, other.name, badge(other.marks[i]))))));
}

function versus(letter, result, script) {
  if (!result) {
    const why = letter === "." ? "This agent's run did not have this case." : letter === "p" ? "It passed. The report does not hold the evidence of this pass, to stay small." : "Nothing was kept of it.";
    return h("div", {}, script.expected ? h("div", { class: "versus" }, h("div", {}, h("h2", {}, "Expected"), h("p", {}, script.expected))) : "", h("p", { class: "lead" }, why));
  }
  const tone = { f: "bad", e: "bad", l: "meh" }[letter] || "";
  const box = (name, text, tone) => text ? h("div", { class: tone }, h("h2", {}, name), h("p", {}, text)) : null;
  const boxes = [box("Expected", result.expected || script.expected, ""), box("Got", result.got || (letter === "p" ? "what was expected" : ""), tone), box("Because", result.reason, "")].filter(Boolean);
  return boxes.length ? h("div", { class: "versus" }, boxes) : null;
}

function meaning(result) {
  if (!result || !result.meaning) return null;
  return h("section", {}, h("h2", {}, "What it means"), result.meaning.map(text => h("p", {}, text)));
}

function requirements(ids, rules, broken) {
  if (!ids.length) return h("p", { class: "soft" }, "The case names none.");
  return h("div", {}, ids.map(id => {
    const rule = rules[id];
    if (!rule) return h("div", { class: "rule" }, h("p", {}, h("code", {}, id)));
    return h("div", { class: "rule" }, h("p", {}, rule.text), h("p", { class: "small soft" }, h("a", { href: "coverage.html#" + encodeURIComponent(id) }, id), " · ", rule.level, " · binds ", rule.role, " · ", outside(rule.url, rule.section), id === broken && ids.length > 1 ? h("strong", {}, " · the verdict rests on this") : ""));
  }));
}

// tone tells what is wrong on purpose from what is a fault.
function tone(hit) { return hit[2].startsWith("on purpose") ? "meant" : null; }

// octets shows octets one by one, control characters as their names.
function octets(raw, hits) {
  const names = { 0: "NUL", 9: "HT", 10: "LF", 13: "CR", 27: "ESC", 32: "", 127: "DEL" };
  const pre = h("pre", { class: "octets", tabindex: "0" });
  let into = pre, text = "";
  const flush = () => { if (text) { into.append(text); text = ""; } };
  for (let n = 0; n < raw.length; n++) {
    hits.forEach((hit, k) => { if (hit[0] === n) { flush(); into = h("mark", { title: hit[2], class: tone(hit) }); pre.append(into); if (hits.length > 1) into.append(h("sup", {}, String(k + 1))); } });
    const code = raw.charCodeAt(n);
    if (code >= 32 && code < 127) text += raw[n];
    else { flush(); into.append(h("i", {}, names[code] || "x" + code.toString(16).padStart(2, "0"))); if (code === 10) into.append("\n"); }
    if (hits.some(hit => hit[1] === n + 1)) { flush(); into = pre; }
  }
  flush();
  return pre;
}

function hexDump(raw) {
  const lines = [];
  for (let n = 0; n < raw.length; n += 16) {
    const part = [...raw.slice(n, n + 16)].map(c => c.charCodeAt(0));
    lines.push(n.toString(16).padStart(4, "0") + "  " + part.map(c => c.toString(16).padStart(2, "0")).join(" ").padEnd(48) + " " + part.map(c => c > 31 && c < 127 ? String.fromCharCode(c) : ".").join(""));
  }
  return h("details", { class: "small" }, h("summary", {}, "in hexadecimal"), h("pre", { tabindex: "0" }, lines.join("\n")));
}

function handshakes(result) {
  const list = ((result && result.wire) || []).filter(e => e[2] === 1);
  if (!list.length) return null;
  return h("section", {}, h("h2", {}, "Opening handshake"), h("div", { class: "heads" }, list.map(e => {
    const raw = e[6] || "", hits = e[7] || [];
    const title = (e[1] === "s" ? "Sent" : "Received") + ", " + e[4] + " octets";
    return h("div", {}, h("h3", {}, title), octets(raw, hits),
      hits.length ? h("ol", { class: "small" }, hits.map(hit => h("li", {}, hit[2]))) : "",
      raw.length < e[4] ? h("p", { class: "small soft" }, "Only its first " + raw.length + " octets are shown.") : "", hexDump(raw));
  })));
}

const opcodes = { 0: "continuation", 1: "text", 2: "binary", 8: "close", 9: "ping", 10: "pong" };

// bits reads the header of a frame (RFC 6455, section 5.2).
function bits(raw, header) {
  if (header < 2) return "";
  const b = n => raw.charCodeAt(n), opcode = b(0) & 15, masked = b(1) & 128;
  let length = b(1) & 127, form = "7 bit";
  const wide = length === 126 ? 2 : length === 127 ? 8 : 0;
  if (wide && header >= 2 + wide) {
    form = 8 * wide + " bit";
    let n = 0n;
    for (let k = 0; k < wide; k++) n = n * 256n + BigInt(b(2 + k));
    length = n;
  }
  return "FIN " + (b(0) >> 7) + " · RSV " + ((b(0) >> 4) & 7).toString(2).padStart(3, "0") + " · opcode " + opcode + " " + (opcodes[opcode] || "reserved") + " · MASK " + (masked ? 1 : 0) + " · length " + length + " (" + form + ")";
}

function hex(raw, header, size, hits) {
  const parts = [], shown = Math.min(raw.length, 24);
  const words = (from, to) => [...raw.slice(from, to)].map(c => c.charCodeAt(0).toString(16).padStart(2, "0")).join(" ");
  const part = n => n < header ? "b" : "span";
  let n = 0;
  const run = to => {
    while (n < to) {
      const hit = hits.find(m => m[0] <= n && n < m[1]);
      let end = to;
      if (n < header) end = Math.min(end, header);
      for (const m of hits) { if (m[0] > n) end = Math.min(end, m[0]); if (hit === m) end = Math.min(end, m[1]); }
      const text = words(n, end);
      parts.push(h(part(n), {}, hit ? h("mark", { title: hit[2], class: tone(hit) }, text) : text), end < raw.length ? " " : "");
      n = end;
    }
  };
  run(shown);
  const list = [...parts];
  if (raw.length > shown) {
    parts.length = 0;
    run(raw.length);
    list.push(h("details", {}, h("summary", {}, (raw.length - shown) + " octets more"), [...parts], size > raw.length ? h("em", {}, "… " + size + " octets in all") : ""));
  } else if (size > raw.length) list.push(h("em", {}, "… " + size + " octets in all"));
  return list;
}

function wire(result, letter) {
  if (!result) return null;
  if (result.bare) return h("p", { class: "notice" }, "The wire log was left out to keep the report small. The command below shows it again.");
  if (!result.wire || !result.wire.length) return letter === "s" || letter === "n" ? null : h("p", { class: "soft" }, "Nothing went over the wire.");
  const rows = [], half = 160;
  let before = -1;
  result.wire.forEach((e, n) => {
    const [at, direction, kind, header, size, words, packed = "", hits = []] = e, raw = kind === 1 ? packed : atob(packed);
    if (result.omitted && n === half) rows.push(h("tr", { class: "n" }, h("td", { colspan: "4" }, "… " + result.omitted + " entries are left out …")));
    const time = (at / 1000).toFixed(1);
    rows.push(h("tr", { class: direction }, h("td", { class: "t" }, time === before ? "" : "+" + time),
      h("td", { class: "d" }, { s: "→ sent", r: "← received", n: "note" }[direction]),
      h("td", { class: "x" }, kind === 1 ? h("em", {}, size + " octets, above") : hex(raw, header, size, hits)),
      h("td", { class: "m" }, words, kind === 2 && header ? h("span", { class: "bits" }, bits(raw, header)) : "", hits.length && kind !== 1 ? h("span", { class: "bits " + (direction === "r" ? "fail" : "lax") }, hits.map(m => m[2]).join("; ")) : "")));
    before = time;
  });
  return h("section", {}, h("h2", { id: "wire" }, "Wire log"), h("div", { class: "frame", role: "region", "aria-labelledby": "wire", tabindex: "0" }, h("table", { class: "log" },
    h("thead", {}, h("tr", {}, ["ms", "Direction", "Octets, those of the header in bold", "Meaning"].map(t => h("th", { scope: "col" }, t)))), h("tbody", {}, rows))));
}

const witnesses = { event: "the WebSocket object", page: "the page", tools: "developer tools", console: "the console" };

// page shows what the page of a browser saw, and where the wire differs.
function page(result) {
  if (!result || !result.seen) return null;
  const rows = result.seen.map(([at, by, text]) => h("tr", {}, h("td", { class: "t" }, at && "+" + at), h("td", { class: "d" }, witnesses[by] || by), h("td", { class: "m" }, text)));
  return h("section", {}, h("h2", { id: "page" }, "What the page saw"),
    h("p", { class: "soft" }, "Times are since the page called the constructor. Developer tools show whole messages, and never a ping, a pong or a Close frame."),
    h("div", { class: "frame", role: "region", "aria-labelledby": "page", tabindex: "0" }, h("table", { class: "log" },
      h("thead", {}, h("tr", {}, ["ms", "Told by", "What"].map(t => h("th", { scope: "col" }, t)))), h("tbody", {}, rows))),
    result.differs ? [h("h3", {}, "Where the wire differs"), h("ul", {}, result.differs.map(text => h("li", {}, text)))] : "");
}

function how(result) {
  if (!result || result.bare || !result.wire || !result.wire.length) return null;
  const [opened, clean, code, first, dropped, reset] = result.close;
  const facts = [["connection", opened ? "opened" : "did not open"]];
  if (opened) facts.push(["closing handshake", clean ? "clean: both sides sent a Close frame" : "not clean"], ["the peer's code", closeCode(code)], ["first Close frame", sides[first]]);
  facts.push(["who ended TCP", sides[dropped] + (reset ? ", with RST" : "")]);
  return h("section", {}, h("h2", {}, "How it closed"), h("dl", { class: "facts" }, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])));
}

function notation(text) {
  const pre = h("pre", { tabindex: "0" });
  for (const line of text.replace(/\n+$/, "").split("\n")) {
    const tone = { ">": "out", "+": "out", "<": "in", "|": "in" }[line.trimStart()[0]] || (/^(case|title|refs|needs|alias|note|level|subject|weight|timeout|connections) /.test(line) ? "dim" : "");
    pre.append(h("span", { class: tone }, line), "\n");
  }
  return pre;
}

function again(agent, id, result) {
  if (!agent.repeats) return null;
  const command = (result && result.again) || agent.again[0] + id + agent.again[1], pre = h("pre", { tabindex: "0" }, command);
  const button = h("button", { type: "button", click: () => {
    getSelection().selectAllChildren(pre);
    if (navigator.clipboard) navigator.clipboard.writeText(command).then(() => { button.textContent = "Copied"; }, () => {});
  } }, "Copy");
  return h("section", {}, h("h2", {}, "Play it again"), h("div", { class: "copy" }, pre, button));
}

// turn leads to the results before and behind, of those that are no passes if this is none.
function turn(index, i, a) {
  const list = index.agents[a].marks, pass = list[i] === "p" || list[i] === ".";
  const fits = letter => pass ? letter !== "." : !"p.ns".includes(letter) || letter === list[i];
  const find = step => { for (let n = i + step; n >= 0 && n < list.length; n += step) if (fits(list[n])) return n; return -1; };
  const link = (n, rel, text) => n < 0 ? h("span", {}) : h("a", { href: address("case.html", { case: index.ids[n], agent: index.agents[a].name }), rel }, text + " ", h("code", {}, index.ids[n]));
  return h("nav", { class: "turn", "aria-label": pass ? "Cases" : "Findings" }, link(find(-1), "prev", "←"), link(find(1), "next", "→"));
}
