// What an answer costs in very large questionnaires, against a bare page that asks the same (Chromium, 6x CPU).
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { print } from "./bytes.mjs";
import { openBrowser, startDriver } from "./chromium.mjs";
import { largePage, plans } from "./large.mjs";
import { openOffice } from "./office.mjs";

// Runs in the page before anything else: begins the interview, and keeps hold of the memory of the wasm.
const WATCH = `(() => {
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await own.apply(WebAssembly, given);
      window.wasmMemory ??= (made.instance ?? made).exports.memory;
      return made;
    };
  }
  const look = () => {
    const start = document.querySelector(".welcome .button.primary");
    if (start) start.click(); else if (!document.querySelector(".interview") && !location.pathname.includes("bare-")) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

// One of three grades of a question that has another one, each time of a question elsewhere on the page. The app has an
// input in a fieldset, as the bare page.
const GRADE = `const all = [...document.querySelectorAll("main fieldset")].filter((set) => set.querySelector("input[type=radio]") && !set.querySelector("fieldset, table") && !set.closest("[hidden]"));
  const inputs = [...all[Math.floor((at + 0.5) / of * all.length)].querySelectorAll("input[type=radio]")];`;
const ANOTHER = `${GRADE} return inputs.find((input, here) => !input.checked && here === 0) ?? inputs[1];`;
const WORST = `${GRADE} return inputs.find((input, here) => !input.checked && here === 2) ?? inputs[1];`;
const CELL = `const rows = [...document.querySelectorAll("main tr")].filter((row) => row.querySelector("input[type=radio]"));
  const inputs = [...rows[Math.floor((at + 0.5) / of * rows.length)].querySelectorAll("input[type=radio]")]; return inputs.find((input) => !input.checked);`;
const typed = (value) => `node.value = ${value}; node.dispatchEvent(new Event("input", { bubbles: true }));`;
const fieldsets = (count) => `document.querySelectorAll("main fieldset").length >= ${count}`;

// `find`: what is acted on, in the app and in the bare page; `act`: how, a click unless told.
const STEPS = [
  { plan: "large-sections", name: "3,000 items in 100 sections: a choice", ready: fieldsets(30), find: ANOTHER },
  { plan: "large-sections", name: "3,000 items in 100 sections: the next section", ready: fieldsets(30),
    find: `return document.querySelector(".interview .actions .primary, .next");` },
  { plan: "large-page", name: "3,000 items on one page: a choice", ready: fieldsets(3000), find: ANOTHER },
  { plan: "large-conditions", name: "500 conditions: a choice that shows or hides", ready: fieldsets(500), find: WORST },
  { plan: "large-repeat", name: "300 instances: a choice", ready: fieldsets(300), find: ANOTHER },
  { plan: "large-repeat", name: "300 instances: one more, one less", ready: fieldsets(300),
    find: `return document.querySelector("#i1-input, .count");`, act: typed("at % 2 ? 300 : 301") },
  { plan: "large-matrix", name: "480 grades: a grade", ready: `document.querySelectorAll("main input[type=radio]").length >= 1440`, find: CELL },
  { plan: "large-list", name: "50,000 options: open", ready: `!!document.querySelector(".combo-input, .find")`,
    find: `document.activeElement.blur(); return document.querySelector(".combo-input, .find");`, act: "node.focus(); node.click();" },
  { plan: "large-list", name: "50,000 options: a key", ready: `!!document.querySelector(".combo-input, .find")`,
    find: `const input = document.querySelector(".combo-input, .find"); input.focus(); input.click(); return input;`, act: typed(`"第" + at`) },
];

async function metrics(browser) {
  const { metrics } = await browser.cdp("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

const pause = (time) => new Promise((go) => setTimeout(go, time));

// Milliseconds of the page's main thread for each step, all that follows from it included; and to the frame that shows it.
async function measure(driver, url, steps, rounds) {
  const browser = await openBrowser(driver);
  try {
    await browser.cdp("Emulation.setDeviceMetricsOverride", { width: 820, height: 1180, deviceScaleFactor: 1, mobile: false });
    await browser.cdp("Page.addScriptToEvaluateOnNewDocument", { source: WATCH });
    await browser.goto(url);
    await browser.cdp("Performance.enable");
    await browser.until("the whole page", `return ${steps[0].ready}`, 300e3);
    await pause(1500);
    const held = async () => {
      await browser.cdp("HeapProfiler.collectGarbage");
      const now = await metrics(browser);
      const wasm = await browser.run("return window.wasmMemory?.buffer.byteLength ?? 0");
      return { wasm, heap: now.JSHeapUsedSize, nodes: now.Nodes };
    };
    const memory = await held();
    await browser.cdp("Emulation.setCPUThrottlingRate", { rate: 6 });
    const found = [];
    for (const { find, act = "node.click();" } of steps) {
      const all = [];
      for (let at = 0; at < rounds + 1; at++) {
        await browser.run(`const [at, of] = arguments; window.painted = null; const node = (() => { ${find} })(); node.scrollIntoView({ block: "center" }); window.node = node;`, at, rounds + 1);
        await pause(700);
        // The step itself comes by a timer, so that asking for it is not measured.
        await browser.run(`const [at] = arguments; setTimeout(() => { const node = window.node, from = performance.now(); ${act}
          requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => window.painted = performance.now() - from; c.port2.postMessage(0); }); }, 250)`, at);
        await pause(120);
        const before = await metrics(browser);
        await pause(1200);
        const after = await metrics(browser);
        const painted = await browser.until("the step to be painted", "return window.painted");
        const spent = (name) => (after[name] - before[name]) * 1e3;
        all.push({ painted, script: spent("ScriptDuration"), layout: spent("LayoutDuration") + spent("RecalcStyleDuration"), task: spent("TaskDuration") });
      }
      // The first one warms up.
      const kept = all.slice(1);
      found.push(Object.fromEntries(["painted", "script", "layout", "task"].map((name) => [name, median(kept.map((one) => one[name]))])));
    }
    return { memory, found };
  } finally { await browser.close(); }
}

export async function reportScale(dist, program, rounds, wanted) {
  const folder = mkdtempSync(join(tmpdir(), "minping-bench-plans-"));
  const ids = Object.keys(plans).filter((id) => !wanted || id.includes(wanted));
  const files = ids.map((id) => {
    const file = join(folder, `${id}.json`);
    writeFileSync(file, JSON.stringify(plans[id]()));
    return file;
  });
  const here = openOffice(dist, program, files, largePage), driver = await startDriver();
  try {
    const base = await here.base;
    const rows = [[`one step, 6x CPU, ms, median of ${rounds}: app / bare`, "to paint", "CPU in all", "script", "style, layout", "ratio, CPU in all"]];
    const held = [["held, MB", "app: wasm", "app: JS heap", "bare: JS heap", "app: nodes", "bare: nodes"]];
    const ms = (value) => value.toFixed(0), mb = (value) => (value / 1e6).toFixed(1);
    for (const id of ids) {
      const steps = STEPS.filter((step) => step.plan === id);
      const ours = await measure(driver, here.link(base, id, []), steps, rounds);
      const limit = await measure(driver, `${base}bare-${id}.html`, steps, rounds);
      steps.forEach((step, at) => {
        const [app, bare] = [ours.found[at], limit.found[at]];
        const pair = (name) => `${ms(app[name])} / ${ms(bare[name])}`;
        rows.push([step.name, pair("painted"), pair("task"), pair("script"), pair("layout"), (app.task / bare.task).toFixed(2)]);
      });
      held.push([id, mb(ours.memory.wasm), mb(ours.memory.heap), mb(limit.memory.heap), ours.memory.nodes, limit.memory.nodes]);
    }
    print(rows);
    console.log();
    print(held);
  } finally {
    driver.stop();
    here.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
