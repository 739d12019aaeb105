// Time to the first question, and from a choice or a key to the painted frame, against a bare page in the same run.
import { join } from "node:path";
import { barePage } from "./bare.mjs";
import { print } from "./bytes.mjs";
import { openBrowser, startDriver } from "./chromium.mjs";
import { openOffice } from "./office.mjs";

const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const FAST = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
const PLANS = [
  { id: "study-practice", link: ["--group", "residents"] },
  { id: "county-transport", link: ["--group", "users", "--round", "2026-11"] },
  { id: "city-units", link: [] },
];

// Runs in the page before anything else: starts the interview as soon as that can be done, and notes when the first
// screen and the first question were painted.
const WATCH = `(() => {
  const painted = (name) => requestAnimationFrame(() => { const c = new MessageChannel();
    c.port1.onmessage = () => { window[name] ??= performance.now(); }; c.port2.postMessage(0); });
  let begun = false;
  const look = () => {
    const start = document.querySelector(".welcome .button.primary");
    if (start && !begun) { begun = true; painted("firstScreen"); start.click(); }
    const question = [...document.querySelectorAll("main input")].some((e) => e.getClientRects().length || e.labels?.[0]?.getClientRects().length);
    if (question) painted("firstQuestion"); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.delays = [];
  for (const kind of ["click", "keydown"]) addEventListener(kind, (event) => {
    if (kind === "click" && event.target.tagName !== "INPUT") return;
    const from = event.timeStamp;
    requestAnimationFrame(() => { const c = new MessageChannel();
      c.port1.onmessage = () => delays.push(performance.now() - from); c.port2.postMessage(0); });
  }, true);
})()`;

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const high = (all) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * 0.95))];

async function visit(driver, url, { network, cpu, warm }) {
  const browser = await openBrowser(driver);
  try {
    if (warm) {
      await browser.goto(url);
      await browser.until("the page", "return document.readyState === 'complete' && !document.getElementById('start')");
      await browser.until("the service worker", `return ${warm === "worker" ? "!!navigator.serviceWorker.controller" : "true"}`);
      await browser.goto("about:blank");
    }
    await browser.cdp("Network.enable");
    await browser.cdp("Network.emulateNetworkConditions", network);
    await browser.cdp("Emulation.setCPUThrottlingRate", { rate: cpu });
    await browser.cdp("Page.addScriptToEvaluateOnNewDocument", { source: WATCH });
    await browser.goto(url);
    const question = await browser.until("the first question", "return window.firstQuestion ?? null");
    const first = await browser.run("return window.firstScreen ?? window.firstQuestion");
    return { first, question };
  } finally { await browser.close(); }
}

async function touch(driver, url, count) {
  const browser = await openBrowser(driver);
  try {
    await browser.cdp("Page.addScriptToEvaluateOnNewDocument", { source: WATCH });
    await browser.goto(url);
    await browser.until("the first question", "return window.firstQuestion ?? null");
    await browser.cdp("Emulation.setCPUThrottlingRate", { rate: 6 });
    const choices = [], keys = [];
    for (let i = 0; i < count; i++) {
      // A fresh look each time: a choice may have changed the page. Options that are not chosen, in turn.
      const done = await browser.run("window.delays.length = 0; return [...document.querySelectorAll('label.option, .option-input')].filter((e) => { const i = e.matches('input') ? e : e.querySelector('input'); return i && !i.checked && e.getClientRects().length; }).map((e, at) => { e.dataset.bench = at; return at; }).length");
      if (!done) break;
      const [element] = await browser.elements(`[data-bench="${(i * 3 + 1) % done}"]`);
      // In the middle: at the edge a bar of the page may lie over it.
      await browser.run("arguments[0].scrollIntoView({ block: 'center' }); document.querySelectorAll('[data-bench]').forEach((e) => delete e.dataset.bench)",
        { "element-6066-11e4-a52e-4f735466cecf": element });
      await browser.click(element);
      choices.push(await browser.until("the choice to be painted", "return window.delays[0] ?? null"));
    }
    const [text] = await browser.elements("main textarea");
    if (text) for (const key of "abcdefghijkl".slice(0, count)) {
      await browser.run("window.delays.length = 0");
      await browser.type(text, key);
      keys.push(await browser.until("the key to be painted", "return window.delays[0] ?? null"));
    }
    return { choices, keys };
  } finally { await browser.close(); }
}

export async function reportSpeed(root, dist, program, rounds) {
  const plans = PLANS.map(({ id }) => join(root, "plans", `${id}.json`));
  const here = openOffice(dist, program, plans, barePage), driver = await startDriver();
  try {
    const base = await here.base;
    const settings = [
      ["cold, 6x CPU, 1.6 Mbit/s, 150 ms", { network: SLOW, cpu: 6 }],
      ["cold", { network: FAST, cpu: 1 }],
      ["warm, 6x CPU", { network: FAST, cpu: 6, warm: true }],
    ];
    const rows = [["milliseconds, median of " + rounds, "app: first screen", "app: first question", "bare page", "question / bare"]];
    const ms = (value) => value.toFixed(0);
    for (const { id, link } of PLANS) {
      const app = here.link(base, id, link), bare = `${base}bare-${id}.html`;
      for (const [name, setting] of settings) {
        const ours = [], limit = [];
        for (let i = 0; i < rounds; i++) {
          // In turn, so that both meet the same noise of the machine.
          ours.push(await visit(driver, app, { ...setting, warm: setting.warm && "worker" }));
          limit.push(await visit(driver, bare, { ...setting, warm: setting.warm && "page" }));
        }
        const question = median(ours.map((v) => v.question)), page = median(limit.map((v) => v.question));
        rows.push([`${id}: ${name}`, ms(median(ours.map((v) => v.first))), ms(question), ms(page), (question / page).toFixed(2)]);
      }
    }
    print(rows);
    const touched = [["input to paint, 6x CPU, ms: median / high", "app", "bare page", "ratio of medians"]];
    const pair = (all) => (all.length ? `${ms(median(all))} / ${ms(high(all))}` : "none");
    for (const { id, link } of PLANS) {
      const ours = await touch(driver, here.link(base, id, link), rounds * 6), limit = await touch(driver, `${base}bare-${id}.html`, rounds * 6);
      for (const kind of ["choices", "keys"]) {
        if (!ours[kind].length) continue;
        touched.push([`${id}: ${kind === "choices" ? "a choice" : "a key"}`, pair(ours[kind]), pair(limit[kind]), (median(ours[kind]) / median(limit[kind])).toFixed(2)]);
      }
    }
    console.log();
    print(touched);
  } finally { driver.stop(); here.close(); }
}
