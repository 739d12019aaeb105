// One turn at a time. Firefox may run microtasks in the middle of one, while a call such as fetch() waits inside the
// browser. The app's futures all run in microtasks of one closure, which refuses to be entered twice: the refused turn
// would be the last, and nothing would be saved or sent any more. A turn that comes too early waits until it can be run.
(function () {
  "use strict";
  var queue = window.queueMicrotask, inside = false;
  if (!queue) return;
  window.queueMicrotask = function (work) {
    queue.call(window, function turn() {
      if (inside) { setTimeout(turn); return; }
      inside = true;
      try { work(); } finally { inside = false; }
    });
  };
})();
