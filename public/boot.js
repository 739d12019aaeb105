// Starts the app, and says so when it cannot start or breaks: this script runs without the app's own code.
// Plain old JavaScript, so that a browser too old for the app still gets an answer.
(function () {
  "use strict";
  var script = "{{script}}", wasm = "{{wasm}}", group = "{{group}}";
  var chinese = /^zh/i.test(navigator.language || "zh");
  try {
    var kept = localStorage.getItem("minping.language");
    if (kept) chinese = kept === "zh";
  } catch (error) { /* storage is denied: the browser's language stands */ }

  function words(zh, en) { return chinese ? zh : en; }

  function show(element, heading, text) {
    var title = document.createElement("h1");
    title.className = "start-title";
    title.textContent = heading;
    var body = document.createElement("p");
    body.textContent = text;
    var retry = document.createElement("button");
    retry.type = "button";
    retry.className = "start-retry";
    retry.textContent = words("重新打开", "Open again");
    retry.onclick = function () { location.reload(); };
    element.textContent = "";
    element.lang = words("zh", "en");
    element.appendChild(title);
    element.appendChild(body);
    element.appendChild(retry);
    return retry;
  }

  function cannotStart(zh, en) {
    var start = document.getElementById("start");
    if (start) show(start, words("暂时打不开", "This did not open"), words(zh, en));
  }

  // A fault in the app ends its code: nothing on the screen would answer any more, so it is covered and said.
  var broken = false;
  function fault() {
    if (broken) return;
    broken = true;
    var cover = document.createElement("div");
    cover.className = "start start-fault";
    cover.setAttribute("role", "alertdialog");
    cover.setAttribute("aria-modal", "true");
    cover.setAttribute("aria-labelledby", "start-fault");
    var retry = show(cover, words("出了点问题", "Something went wrong"), words(
      "您已保存的答案是安全的。请重新打开本页，可以接着填写。",
      "Your saved answers are safe. Open the page again to go on where you were."));
    cover.firstElementChild.id = "start-fault";
    document.body.appendChild(cover);
    for (var other = document.body.firstElementChild; other; other = other.nextElementSibling) {
      if (other !== cover) other.inert = true;
    }
    retry.focus();
  }
  function isFault(error) {
    return typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
  }
  addEventListener("error", function (event) { if (isFault(event.error)) fault(); });
  addEventListener("unhandledrejection", function (event) { if (isFault(event.reason)) fault(); });

  if (typeof WebAssembly !== "object" || typeof Promise !== "function" || !("noModule" in document.createElement("script"))) {
    cannotStart("这个浏览器太旧，请更新它或换一个浏览器。", "This browser is too old: please update it or use another.");
    return;
  }

  // Who asks and what it is about, from the plan that the link names, while the app is on its way.
  function introduce() {
    var token = /^#\/a\/([^./]+)\.([^./]+)\./.exec(location.hash);
    if (!token) return;
    var file;
    try {
      var bytes = atob(token[2].replace(/-/g, "+").replace(/_/g, "/"));
      file = JSON.parse(decodeURIComponent(bytes.replace(/[^]/g, function (c) {
        return "%" + ("0" + c.charCodeAt(0).toString(16)).slice(-2);
      }))).file;
    } catch (error) { return; }
    if (!/^plans\/[A-Za-z0-9._-]+\.json$/.test(file)) return;
    // The app takes this text instead of fetching it again (`browser::net`).
    var text = fetch(file).then(function (answer) { return answer.ok ? answer.text() : null; }).catch(function () { return null; });
    window.minpingEarly = { url: file, text: text };
    text.then(function (text) {
      var plan = JSON.parse(text);
      var title = document.getElementById("start-title");
      if (!plan || !title) return;
      var language = chinese ? "zh" : "en";
      title.textContent = plan.title[language] || plan.title[plan.languages[0]] || "";
      document.getElementById("start-asker").textContent = plan.asker[language] || plan.asker[plan.languages[0]] || "";
    }).catch(function () { /* the app reads the plan itself and says what is wrong with it */ });
  }
  introduce();

  // The app adds its own element to the page; what stood there until then goes.
  var watch = new MutationObserver(function () {
    var start = document.getElementById("start");
    for (var child = document.body.firstElementChild; child; child = child.nextElementSibling) {
      if (child !== start && !/^(SCRIPT|NOSCRIPT|LINK)$/.test(child.tagName)) {
        if (start) document.body.removeChild(start);
        watch.disconnect();
        return;
      }
    }
  });
  watch.observe(document.body, { childList: true });

  import(script).then(function (app) {
    return app.default({ module_or_path: new URL(wasm, document.baseURI) });
  }).then(function () {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register("sw.js", { updateViaCache: "none" }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (registration) {
      function keep() { if (registration.active) registration.active.postMessage({ type: "keep", group: group, script: script }); }
      keep();
      // Right after the start the browser may still count pages that have just gone; then an earlier release stays.
      setTimeout(keep, 10000);
    }).catch(function () { /* no offline copy this time: the app works on, and the next visit tries again */ });
  }).catch(function (error) {
    if (isFault(error)) { fault(); return; }
    if (window.console) console.error(error);
    cannotStart("请检查网络后重新打开。", "Please check the network, then open it again.");
  });
})();
