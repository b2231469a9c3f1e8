// A frame or a worker in which steps are played, as messages ask for.
"use strict";

(() => {
  const isFrame = typeof parent !== "undefined" && parent !== self;
  const tell = (message) => (isFrame ? parent.postMessage(message, "*") : postMessage(message));
  let playing;

  onmessage = (e) => {
    if (e.data === "stop") {
      playing.stop();
      return;
    }
    playing = playSteps(e.data.url, e.data.steps);
    playing.ended.then(tell);
  };
})();
