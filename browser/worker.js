// The worker in which the steps of a page run.
"use strict";

importScripts("events.js", "steps.js", "place.js");
