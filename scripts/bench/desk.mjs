// The office's page with very many records: opened, verified, merged and tallied in Chromium. Prints how long it takes, the
// longest stretch in which the page could not answer (Long Tasks API), and the memory of both threads.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { print } from "./bytes.mjs";
import { openBrowser, startDriver } from "./chromium.mjs";
import { openOffice } from "./office.mjs";

// Twenty grades of four units by five indicators, and a question beside them.
const say = (zh, en) => ({ zh, en });
const PLAN = {
  format: 1, id: "desk-bench", version: "1", languages: ["zh", "en"], title: say("一次大测评", "A large evaluation"),
  asker: say("测评办", "The office"), purpose: say("量一量快慢", "To see how fast it is"),
  privacy: { notice: say("不记名", "No names"), anonymous: true, smallest_cell: 5 }, rounds: [{ id: "r", label: say("一轮", "One round") }],
  unit_groups: [{ id: "g", label: say("部门", "Departments") }],
  units: [..."abcd"].map((id) => ({ id, label: say(`${id}局`, `Department ${id}`), group: "g" })),
  scales: [{ id: "s", grades: [["best", 100, true], ["good", 80, true], ["fair", 60, true], ["bad", 30, false], ["worst", 0, false]]
    .map(([name, score, satisfied]) => ({ name, label: say(name, name), score, satisfied })), missing: [{ name: "unknown", label: say("不了解", "Do not know") }] }],
  indicators: [...Array(5).keys()].map((at) => ({ id: `i${at}`, label: say(`指标${at}`, `Indicator ${at}`), weight: 0.2 })),
  strata: [...Array(8).keys()].map((at) => ({ id: `t${at}`, label: say(`镇${at}`, `Town ${at}`) })), modes: ["face"],
  choice_lists: [{ id: "visits", choices: ["yes", "no"].map((name) => ({ name, label: say(name, name) })) }],
  questionnaires: [{ id: "q", title: say("问卷", "Questionnaire"), items: [
    { type: "grade_matrix", name: "m", label: say("请评价", "Please grade"), scale: "s" },
    { type: "select_one", name: "visited", label: say("去过吗？", "Have you been there?"), choices: "visits" },
  ] }],
};

// Before anything else in the page: its long tasks, the answers to a click each 100 ms, and the memory of its wasm.
const WATCH = `(() => {
  window.bench = { tasks: [], lags: [] };
  new PerformanceObserver((list) => window.bench.tasks.push(...list.getEntries().map((one) => [one.startTime, one.duration]))).observe({ type: "longtask", buffered: true });
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await own.apply(WebAssembly, given);
      window.bench.memory ??= (made.instance ?? made).exports.memory;
      return made;
    };
  }
  // How late the page answers what happens in it.
  const channel = new MessageChannel();
  let asked = 0;
  channel.port1.onmessage = () => window.bench.lags.push(performance.now() - asked);
  setInterval(() => { asked = performance.now(); channel.port2.postMessage(0); }, 100);
})()`;

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

// Batches of a simulated round. Kept in the cache folder: making them takes longer than opening them.
function simulate(program, records) {
  const cache = join(process.env.XDG_CACHE_HOME || join(tmpdir(), "minping-bench-rounds"), `desk-${records}`);
  const keys = join(cache, "keys"), round = join(cache, "round");
  const env = { ...process.env, MINPING_PASSPHRASE: "four words of a bench" };
  const run = (...words) => execFileSync(program, ["--lang", "en", ...words], { env, stdio: ["ignore", "ignore", "inherit"] });
  if (!existsSync(join(cache, "whole"))) {
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    const plan = join(cache, "plan.json");
    writeFileSync(plan, JSON.stringify(PLAN));
    run("keys", "new", keys);
    run("simulate", "round", plan, "--keys", keys, "--out", round, "--records", String(records), "--devices", "50");
    writeFileSync(join(cache, "whole"), "");
  }
  return { keys, round, plan: join(cache, "plan.json") };
}

// The memory that the whole browser's processes hold, by the kernel's count of what is theirs alone.
function resident(profile) {
  let sum = 0, most = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(profile)) continue;
      const pss = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) * 1024;
      sum += pss;
      most = Math.max(most, pss);
    } catch { /* it has ended meanwhile */ }
  }
  return { sum, most };
}

export async function reportDesk(dist, program, records) {
  const { keys, round, plan } = simulate(program, records);
  const folder = join(round, "batches");
  const office = openOffice(dist, program, [plan], () => null);
  const driver = await startDriver();
  const browser = await openBrowser(driver);
  const rows = [];
  try {
    const base = await office.base;
    await browser.cdp("Page.addScriptToEvaluateOnNewDocument", { source: WATCH });
    await browser.goto(`${base}/office.html`);
    await browser.run("localStorage.setItem('minping.language', 'en'); location.reload()");
    await browser.until("the office", "return !!document.querySelector('.tabs')");
    // A click on an input for files opens a dialog that nobody answers here: the next one takes what the driver gives it.
    const pick = async (button, paths) => {
      await browser.run(`document.querySelector("#picked")?.remove(); const real = HTMLInputElement.prototype.click;
        HTMLInputElement.prototype.click = function () { HTMLInputElement.prototype.click = real; this.id = "picked"; this.removeAttribute("webkitdirectory"); document.body.append(this); };
        [...document.querySelectorAll("button")].find((one) => one.innerText.startsWith(arguments[0])).click()`, button);
      await browser.until("the input", "return !!document.querySelector('#picked')");
      const [input] = await browser.elements("#picked");
      await browser.type(input, paths.join("\n"));
    };
    const page = (name) => browser.run("location.hash = arguments[0]", `#/${name}`);
    await page("plans");
    await browser.until("plans", "return [...document.querySelectorAll('button')].some((one) => one.innerText.startsWith('Open a plan file'))");
    await pick("Open a plan file", [join(round, "plan.json")]);
    await browser.until("the plan", "return document.querySelector('.standing')?.innerText.includes('A large evaluation')");
    await page("roster");
    await browser.until("roster", "return [...document.querySelectorAll('button')].some((one) => one.innerText.startsWith('Open a signed roster'))");
    await pick("Open a signed roster", [join(round, "devices.minping-roster")]);
    await browser.until("the roster", "return document.querySelector('main').innerText.includes('50 devices')");
    await page("keys");
    await browser.until("keys", "return [...document.querySelectorAll('button')].some((one) => one.innerText.startsWith('Key file'))");
    await pick("Key file", [keys]);
    await browser.until("the file", "return document.querySelector('main').innerText.includes('keys')");
    const [secret] = await browser.elements("form input[type=password]");
    await browser.type(secret, "four words of a bench");
    await browser.run("document.querySelector('form button[type=submit]').click()");
    await browser.until("open keys", "return document.querySelector('.standing .tag.good')");

    const measured = async (name, begin, end, patience = 1800e3) => {
      await browser.run("window.bench.tasks = []; window.bench.lags = [];");
      const began = Date.now();
      let most = { sum: 0, most: 0 }, wasm = 0;
      await begin();
      for (;;) {
        const state = await browser.run(`return [!!(${end}), window.bench.memory?.buffer.byteLength ?? 0, document.querySelector(".work")?.innerText]`);
        const now = resident("minping-bench-");
        most = { sum: Math.max(most.sum, now.sum), most: Math.max(most.most, now.most) };
        wasm = Math.max(wasm, state[1]);
        if (process.env.MINPING_BENCH_TALK) console.log(seconds(Date.now() - began), state[2]?.replaceAll("\n", " "), mebibytes(now.sum));
        if (state[0]) break;
        if (Date.now() - began > patience) throw new Error(`${name} took more than ${seconds(patience)}`);
        await new Promise((go) => setTimeout(go, 250));
      }
      const time = Date.now() - began;
      await new Promise((go) => setTimeout(go, 500));
      const { tasks, lags } = await browser.run("return { tasks: window.bench.tasks.map(([, length]) => length), lags: window.bench.lags }");
      const longest = Math.max(0, ...tasks), sorted = lags.sort((a, b) => a - b);
      rows.push([name, seconds(time), longest ? `${longest.toFixed(0)} ms` : "none", String(tasks.length),
        `${(sorted[Math.floor(sorted.length * 0.99)] ?? 0).toFixed(0)} ms`, mebibytes(wasm), mebibytes(most.sum)]);
      console.log(rows.at(-1).join("  "));
    };
    const files = readdirSync(folder).map((name) => join(folder, name));
    await page("batches");
    await browser.until("batches", "return [...document.querySelectorAll('button')].some((one) => one.innerText.startsWith('Open files'))");
    const tile = `[...document.querySelectorAll(".tile")].find((one) => one.querySelector("dt").innerText === "Records counted")?.querySelector("dd").innerText`;
    await measured(`${records} records in ${files.length} batches: opened, verified, merged`, () => pick("Open files", files),
      `!document.querySelector(".work") && ${tile} === "${records}"`);
    await measured("results", () => page("results"), `!!document.querySelector(".results table")`);
    await measured("plots", () => browser.run("[...document.querySelectorAll('button')].find((one) => one.innerText.startsWith('Draw the plots')).click()"), `!!document.querySelector(".plot")`);
    await browser.run("window.saved = 0; const own = URL.createObjectURL; URL.createObjectURL = (blob) => { window.saved += 1; return own(blob); }");
    await measured("report saved", () => browser.run("[...document.querySelectorAll('button')].find((one) => one.innerText.startsWith('Save the report')).click()"), "window.saved > 0");
    await page("quality");
    await browser.until("quality", "return [...document.querySelectorAll('button')].some((one) => one.innerText.startsWith('Check'))");
    await measured("quality, all pairs compared for 20 s, then stopped", async () => {
      await browser.run("[...document.querySelectorAll('button')].find((one) => one.innerText.startsWith('Check')).click()");
      setTimeout(() => browser.run("document.querySelector('.work button')?.click()").catch(() => {}), 20e3);
    }, `!document.querySelector(".work") && document.querySelector("main [role=status]")?.innerText`);
    console.log();
    print([["", "time", "longest task", "over 50 ms", "answer, 99 %", "page's wasm", "browser, most"], ...rows]);
  } finally {
    await browser.close();
    driver.stop();
    office.close();
  }
}
