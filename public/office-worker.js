// The office's second thread: the same code as the page's, in a worker. The page's first message says where it lies; from
// then on the code itself listens (`browser::helper`).
"use strict";
// As in turns.js: a turn that comes inside another waits.
const queue = self.queueMicrotask;
let inside = false;
self.queueMicrotask = (work) => queue.call(self, function turn() {
  if (inside) { setTimeout(turn); return; }
  inside = true;
  try { work(); } finally { inside = false; }
});
// What breaks here is told: nobody looks at a worker.
const broken = (error) => postMessage({ fault: String(error) });
addEventListener("unhandledrejection", (event) => broken(event.reason));
addEventListener("message", ({ data: { script, wasm } }) => {
  import(script).then((app) => app.default({ module_or_path: wasm })).catch(broken);
}, { once: true });
