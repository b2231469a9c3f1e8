// Where the steps of a page run: in the page itself, in a frame, or in a worker.
"use strict";

// enterPlace promises a place: it plays steps, and leaves, which has it go away.
async function enterPlace(name) {
  switch (name) {
    case "":
      return { play: playSteps, leave() {}, close() {} };
    case "worker":
      return enterWorker();
  }
  return enterFrame(name);
}

async function enterFrame(path) {
  const frame = document.createElement("iframe");
  const load = (url) =>
    new Promise((resolve) => {
      frame.onload = resolve;
      frame.src = url;
    });
  const loaded = load(path);
  document.body.append(frame);
  await loaded;
  const place = distant((message) => frame.contentWindow.postMessage(message, "*"), (hear) => {
    addEventListener("message", (e) => e.source === frame.contentWindow && hear(e.data));
  });
  return { ...place, leave: () => load("empty"), close: () => frame.remove() };
}

async function enterWorker() {
  const worker = new Worker("worker.js");
  const place = distant((message) => worker.postMessage(message), (hear) => (worker.onmessage = (e) => hear(e.data)));
  return { ...place, leave: () => worker.terminate(), close: () => worker.terminate() };
}

// distant is a place that gets messages, and answers with one (place.js).
function distant(tell, listen) {
  return {
    play(url, steps) {
      const ended = new Promise(listen);
      tell({ url, steps });
      return { ended, stop: () => tell("stop") };
    },
  };
}

// playInPlace plays the steps where they belong, and promises what was seen. told gets
// what ends the wait for it.
async function playInPlace(url, steps, told) {
  const first = steps[0];
  const place = await enterPlace(first?.do === "in" ? first.name : "");
  const playing = place.play(url, steps);
  told(playing.stop);
  const result = await playing.ended;
  if (steps.at(-1)?.do === "leave") {
    await place.leave();
  }
  place.close();
  return result;
}
