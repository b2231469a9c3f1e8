// The worker in which the steps of a page run.
"use strict";

importScripts("events.js", "steps.js");

let playing;

onmessage = (e) => {
  if (e.data === "stop") {
    playing.stop();
    return;
  }
  playing = playSteps(e.data.url, e.data.steps);
  playing.ended.then((result) => postMessage(result));
};
