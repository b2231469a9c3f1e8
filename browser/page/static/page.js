// The page: what the server tells on the one hand, and the button on the other.

import { Clients } from "./clients.js";
import { find, plural, put } from "./dom.js";
import { Drive, nameOf } from "./drive.js";
import { Model } from "./model.js";
import { Results } from "./results.js";

const query = new URLSearchParams(location.search);
let chosen = -1; // the client whose cases are shown
let shown = ""; // its name
let drive = null; // the run of this browser that is under way
let edited = query.has("agent");
let own = sessionStorage.getItem("agent") ?? ""; // the name of the last run of this tab

const late = new Set(); // agents whose rows are out of date
let drawing = false;

const model = new Model({ live, reset, changed });
const clients = new Clients(model, choose);
const results = new Results(model);

// live shows whether what is shown is up to date.
function live(state) {
  const words = { live: "live", lost: "connection lost, trying again", end: "wsspec listen has ended" };
  find("live").dataset.state = state;
  put(find("live"), words[state]);
  find("start").disabled = state === "end";
  if (state !== "live") drive?.lost(state);
}

function reset() {
  clients.reset();
  chosen = model.agents.findIndex((agent) => agent.name === (shown || own));
  if (chosen < 0 && model.agents.length > 0) chosen = 0;
  shown = model.agents[chosen]?.name ?? "";
  model.agents.forEach((_, number) => clients.show(number, chosen));
  results.choose(chosen);
  put(find("offered"), model.offers.toLocaleString("en"));
  suggest();
  frame();
  if (query.has("run")) {
    query.delete("run");
    start();
  }
}

function changed(number, at) {
  late.add(number);
  if (chosen < 0 || (model.agents[number].name === own && at < 0)) choose(number);
  else if (number === chosen && at >= 0) results.changed(at);
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    late.forEach((late) => clients.show(late, chosen));
    late.clear();
    if (chosen >= 0) results.summarise();
    frame();
  });
}

function choose(number) {
  const before = chosen;
  chosen = number;
  shown = model.agents[number].name;
  if (before >= 0) clients.show(before, chosen);
  clients.show(number, chosen);
  results.choose(number);
}

// frame shows what there is to show.
function frame() {
  const some = model.agents.length > 0;
  if (some && find("clients").hidden) find("connect").open = false;
  find("clients").hidden = !some;
  find("nobody").hidden = some;
}

// suggest gives this browser a name that no other client has.
function suggest() {
  if (edited || drive) return;
  const name = nameOf(navigator.userAgent);
  const taken = new Set(model.agents.map((agent) => agent.name));
  taken.delete(own);
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
  find("agent").value = own || free;
}

// start tests this browser.
async function start() {
  if (drive) return;
  own = find("agent").value.trim() || nameOf(navigator.userAgent);
  sessionStorage.setItem("agent", own);
  const began = performance.now();
  const run = new Drive({
    agent: own, parallel: Number(find("parallel").value),
    see: () => tell("running", began, run),
    heavy: (n) => model.cases[n - 1]?.heavy,
  });
  drive = run;
  // A short loss is none: cases go on as connections of their own.
  run.lost = (state) => setTimeout(() => {
    if (drive === run && find("live").dataset.state !== "live") run.stop();
  }, state === "end" ? 0 : 5000);
  tell("running", began, run);
  try {
    await run.run();
    drive = null;
    const gone = run.stopped && find("live").dataset.state !== "live";
    tell(gone ? "failed" : run.stopped ? "stopped" : "done", began, run, "the server has gone");
  } catch (err) {
    drive = null;
    tell("failed", began, run, err.message);
  }
}

let spoken = -1;

// tell shows how far the test of this browser is.
function tell(state, began, { done, total }, why) {
  const run = find("run");
  Object.assign(run.dataset, { state, done, total });
  run.hidden = false;
  find("run-bar").max = Math.max(total, 1);
  find("run-bar").value = done;
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const text = {
    running: `${done.toLocaleString("en")} of ${plural(total, "case")}, ${took}`,
    done: `All ${plural(total, "case")} played in ${took}. The reports are written.`,
    stopped: `Stopped after ${done.toLocaleString("en")} of ${plural(total, "case")}.`,
    failed: `Ended after ${done.toLocaleString("en")} of ${plural(total, "case")}: ${why}.`,
  }[state];
  put(find("run-text"), text);
  const tenth = state === "running" ? Math.floor((10 * done) / Math.max(total, 1)) : -1;
  if (tenth !== spoken) put(find("said"), text);
  spoken = tenth;
  const busy = state === "running";
  if (!busy && document.activeElement === find("stop")) find("start").focus();
  find("start").hidden = busy;
  find("stop").hidden = !busy;
  find("agent").disabled = find("parallel").disabled = busy;
}

// addresses fills in where a client connects to.
function addresses() {
  for (const code of document.querySelectorAll("[data-ws]")) code.textContent = location.origin.replace(/^http/, "ws") + code.dataset.ws;
  const here = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  const at = location.port === "" ? "" : `:${location.port}`;
  const code = document.createElement("code");
  code.textContent = here ? `wsspec listen --listen 0.0.0.0${at || ":9001"}` : `${location.origin}/`;
  find("away").append(here ? "reaches this page when wsspec listens to the network: " : "opens this page, and presses the button: ", code);
}

setInterval(() => model.agents.forEach((_, number) => clients.show(number, chosen)), 10_000);
addresses();
suggest();
if (edited) find("agent").value = query.get("agent");
if (/^[1-8]$/.test(query.get("parallel") ?? "")) find("parallel").value = query.get("parallel");
find("agent").addEventListener("input", () => { edited = true; });
find("drive").addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
find("stop").addEventListener("click", () => drive?.stop());
