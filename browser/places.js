// Where the steps of a page run: in the page itself, in a frame, or in a worker.
"use strict";

// enterPlace promises a place, which plays steps, and leaves: it goes away.
function enterPlace(name) {
  switch (name) {
    case "frame":
    case "sealed":
      return enterFrame(name);
    case "worker":
      return enterWorker();
  }
  return Promise.resolve({ play: playSteps, leave() {} });
}

function enterFrame(path) {
  const frame = document.createElement("iframe");
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  frame.src = path;
  document.body.append(frame);
  return loaded.then(() => ({
    play: (url, steps) => frame.contentWindow.playSteps(url, steps),
    leave: () => frame.remove(),
    navigate: () =>
      new Promise((resolve) => {
        frame.onload = resolve;
        frame.src = "empty";
      }),
  }));
}

function enterWorker() {
  const worker = new Worker("worker.js");
  const leave = () => worker.terminate();
  return Promise.resolve({
    play(url, steps) {
      const ended = new Promise((resolve) => (worker.onmessage = (e) => resolve(e.data)));
      worker.postMessage({ url, steps });
      return { ended, stop: () => worker.postMessage("stop") };
    },
    leave,
  });
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
    await place.navigate?.();
  }
  place.leave();
  return result;
}
