"use strict";
// Files of the data call wsspecData. Pages of the file scheme can load scripts, and nothing else.
const arrived = new Map(), expected = new Map();
window.wsspecData = (name, value) => { arrived.set(name, value); };

// load is a promise of the data with a name.
function load(name) {
  if (!expected.has(name)) {
    expected.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "data/" + name + ".js";
      script.onload = () => arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error("data/" + name + ".js is damaged"));
      script.onerror = () => reject(new Error("data/" + name + ".js cannot be read: the folder of the report must stay together"));
      document.head.append(script);
    }));
  }
  return expected.get(name);
}

// h makes an element. Text becomes text nodes, never markup.
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== ""));
  return element;
}

// The marks of results, by their letters in the data.
const marks = {
  e: { word: "error", class: "error" }, f: { word: "fail", class: "fail" }, l: { word: "lax", class: "lax" }, i: { word: "info", class: "info" },
  s: { word: "skip", class: "skip" }, n: { word: "not-played", class: "none" }, p: { word: "pass", class: "pass" }, ".": { word: "not in this run", class: "none" },
};

function badge(letter) { return h("span", { class: "v " + marks[letter].class }, marks[letter].word); }

// parameters are what stands behind # in the address.
function parameters() { return new URLSearchParams(location.hash.slice(1)); }

function address(page, pairs) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(pairs)) if (value) query.set(name, value);
  const text = query.toString();
  return page + (text ? "#" + text : "");
}

// A link leaves the report only for what is http.
function outside(url, text) {
  return /^https:\/\//.test(url) ? h("a", { href: url, rel: "noreferrer" }, text) : text;
}

const sides = ["nobody", "wsspec", "the peer"];

function closeCode(code) { return code === 0 ? "no Close frame" : code === 1005 ? "a Close frame without a code" : String(code); }

function complain(place, error) {
  place.replaceChildren(h("h1", {}, "The report cannot be shown"), h("p", { class: "notice fail" }, error.message));
}
