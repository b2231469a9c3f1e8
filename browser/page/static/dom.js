// make makes an element. Children that are strings are text: nothing that comes
// from elsewhere is ever read as markup.
export function make(tag, properties = {}, ...children) {
  const { dataset, attributes, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, dataset);
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export const find = (id) => document.getElementById(id);

// plural is a number with its word.
export const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;

// put sets text only where it differs, so that a selection stays.
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// visible shows the characters of a text that have no shape, or turn others round.
export const visible = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
