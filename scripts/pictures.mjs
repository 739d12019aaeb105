#!/usr/bin/env node
// Makes the pictures of the README and the guides anew, in docs/pictures/: the real app and receiver, in Chromium.
//
//   node scripts/pictures.mjs        needs dist/ (node scripts/build.mjs) and the program (cargo build --release)
//
// MINPING names another program, MINPING_DIST another build of the app.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser, startDriver } from "./bench/chromium.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const program = process.env.MINPING || join(root, process.env.CARGO_TARGET_DIR || "target", "release/minping");
const dist = resolve(process.env.MINPING_DIST || join(root, "dist"));
const folder = join(root, "docs/pictures");
const RATERS = 14;

// Every radio group that is shown gets the option that `choose` names by its number.
const ANSWER = `
  const [seed, most] = arguments;
  const groups = new Map();
  for (const input of document.querySelectorAll("main input[type=radio]")) groups.set(input.name, [...(groups.get(input.name) || []), input]);
  let n = 0;
  for (const inputs of groups.values()) {
    if (n >= most) break;
    n += 1;
    const draw = (seed * 7919 + n * 104729) % 97;
    inputs[Math.min(inputs.length - 1, draw < 55 ? 0 : draw < 82 ? 1 : draw < 92 ? 2 : 3)].click();
  }
  return n;`;

async function press(browser, label) {
  await browser.until(`a button ${label}`, `
    const button = [...document.querySelectorAll("button, a.button")].find((b) => b.getClientRects().length && b.innerText.trim() === ${JSON.stringify(label)});
    if (button) button.click();
    return !!button`);
}

async function size(browser, width, height) {
  await browser.cdp("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 900 });
}

async function picture(browser, name) {
  // Fonts and the frame after the last change.
  await browser.run("return document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))");
  const { data } = await browser.cdp("Page.captureScreenshot", { format: "webp", quality: 80 });
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, "base64"));
  console.log(`docs/pictures/${name}.webp`);
}

async function speak(browser, language) {
  await browser.run("localStorage.setItem('minping.language', arguments[0]); localStorage.setItem('minping.theme', 'light')", language);
}

const SAY = { zh: { start: "开始填写", next: "下一步", review: "检查答案", send: "提交" }, en: { start: "Start" } };

// One resident's answers to the first section of the city's units, sent and received.
async function rate(driver, link, seed) {
  const browser = await openBrowser(driver);
  try {
    await size(browser, 820, 1180);
    await browser.goto(link);
    await browser.until("the welcome", "return !!document.querySelector('.welcome h1')");
    await speak(browser, "zh");
    await browser.goto("about:blank");
    await browser.goto(link);
    await press(browser, SAY.zh.start);
    await browser.until("the first section", "return document.querySelectorAll('main input[type=radio]').length > 100");
    await browser.run(ANSWER, seed, 400);
    for (let section = 1; section < 5; section += 1) await press(browser, SAY.zh.next);
    await press(browser, SAY.zh.review);
    await press(browser, SAY.zh.send);
    await browser.until("the last question", "return !!document.querySelector('dialog[open]')");
    await browser.run("document.querySelector('dialog[open] .button.primary').click()");
    await browser.until("the receipt", "return document.body.innerText.includes('已经送达')");
  } finally {
    await browser.close();
  }
}

async function resident(driver, links, language) {
  const browser = await openBrowser(driver);
  try {
    for (const [name, link, width, height, most] of [["resident", links.form, 360, 740, 3], ["matrix", links.city, 820, 1180, 10]]) {
      await size(browser, width, height);
      await browser.goto(link);
      await browser.until("the welcome", "return !!document.querySelector('.welcome h1')");
      await speak(browser, language);
      await browser.goto("about:blank");
      await browser.goto(link);
      await browser.until("the welcome", "return !!document.querySelector('.welcome .actions .primary')");
      if (name === "resident") await picture(browser, `${language}-welcome`);
      await browser.run("document.querySelector('.welcome .actions .primary').click()");
      await browser.until("questions", "return document.querySelectorAll('main input[type=radio]').length > 3");
      await browser.run(ANSWER, 11, most);
      await browser.run("document.activeElement.blur(); scrollTo(0, 0)");
      await picture(browser, `${language}-${name}`);
    }
  } finally {
    await browser.close();
  }
}

// A canvasser's tablet: the plan with what can be begun, and a question as it is read out.
async function canvasser(driver, home, plan, language) {
  const browser = await openBrowser(driver);
  try {
    await size(browser, 820, 1180);
    await browser.goto(`${home}field.html`);
    await browser.until("the app", "return !!document.querySelector('main h1')");
    await speak(browser, language);
    await browser.goto("about:blank");
    await browser.goto(`${home}field.html#/field/${plan}`);
    await browser.until("the plan", "return !!document.querySelector('main .button.primary.wide')");
    await browser.run(ANSWER, 11, 9);
    await picture(browser, `${language}-visit`);
    await browser.run("document.querySelector('main .button.primary.wide').click()");
    await browser.until("questions", "return document.querySelectorAll('main input[type=radio]').length > 3");
    await browser.run(ANSWER, 11, 2);
    await browser.run("document.activeElement.blur(); scrollTo(0, 0)");
    await picture(browser, `${language}-interview`);
  } finally {
    await browser.close();
  }
}

// Puts a plan of the site on the desk.
async function use(browser, title) {
  await browser.until("the plan", `
    const row = [...document.querySelectorAll(".list-row")].find((row) => row.innerText.includes(${JSON.stringify(title)}));
    if (row) row.querySelector("button")?.click();
    return !!row`);
}

async function office(driver, home, data, passphrase, token, language) {
  const browser = await openBrowser(driver);
  const title = language === "zh" ? "全市政风行风" : "City-wide";
  try {
    await size(browser, 1280, 800);
    await browser.goto(`${home}office.html#/plans`);
    await browser.until("the office", "return !!document.querySelector('.tabs')");
    await speak(browser, language);
    await browser.goto("about:blank");
    await browser.goto(`${home}office.html#/plans`);
    await use(browser, title);
    await browser.until("the plan in use", "return document.querySelector('.standing strong')");
    await picture(browser, `${language}-plan`);
    await browser.run("location.hash = '#/edit'");
    await browser.until("the editor", "return !!document.querySelector('main h1') && [...document.querySelectorAll('main button, main a')].length > 14");
    await new Promise((go) => setTimeout(go, 1500));
    await picture(browser, `${language}-editor`);
    await browser.run("location.hash = '#/plans'");
    // What a clerk picks in the file dialog, which no script may open.
    await browser.run(`
      const [name, text] = arguments;
      const click = HTMLInputElement.prototype.click;
      HTMLInputElement.prototype.click = function () {
        if (this.type !== "file") return click.call(this);
        const picked = new DataTransfer();
        picked.items.add(new File([text], name));
        this.files = picked.files;
        this.dispatchEvent(new Event("change", { bubbles: true }));
      };
      location.hash = "#/keys"`, "office.minping-keys", readFileSync(join(data, "office.minping-keys"), "utf8"));
    await browser.until("the key form", "const b = document.querySelector('form .row button'); if (b) b.click(); return !!b");
    await browser.until("the picked file", "return document.querySelector('form .grow')?.innerText.includes('keys')");
    await browser.type((await browser.elements("form input[type=password]"))[0], passphrase);
    await browser.run("document.querySelector('form button[type=submit]').click()");
    await browser.until("open keys", "return !!document.querySelector('.standing .tag.good')");
    await browser.run("location.hash = '#/batches'");
    await browser.until("the receiver", "const d = document.querySelector('details.card'); if (d) d.open = true; return !!d");
    await browser.type((await browser.elements("details input[type=password]"))[0], token);
    await browser.run("document.querySelector('details form button').click()");
    await browser.until("the records", `return document.querySelector(".tile.good dd")?.innerText === "${RATERS}"`);
    await browser.run("document.querySelector('.tile').scrollIntoView({ block: 'center' })");
    await picture(browser, `${language}-batches`);
    await browser.run("location.hash = '#/results'");
    await browser.until("results", "return document.querySelectorAll('.results-table tbody tr').length > 10");
    await browser.run("scrollTo(0, 250)");
    await picture(browser, `${language}-results`);
    await browser.run("location.hash = '#/plans'");
    await use(browser, language === "zh" ? "县道路运输管理所" : "County road transport");
    await browser.run("location.hash = '#/hall'");
    await browser.until("the form of a ballot", "return [...document.querySelectorAll('main input')].length > 4");
    await browser.run("document.querySelector('main form, main .card').scrollIntoView()");
    await picture(browser, `${language}-hall`);
  } finally {
    await browser.close();
  }
}

mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), "minping-pictures-"));
const demo = spawn(program, ["--lang=en", "demo", "--app", dist, "--data", data, "--bind", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
let said = "";
demo.stdout.on("data", (bytes) => { said += bytes; });
const driver = await startDriver();
try {
  for (const end = Date.now() + 60e3; !/token to fetch batches from the receiver: \S+\n/.test(said); await new Promise((go) => setTimeout(go, 100))) {
    if (demo.exitCode !== null || Date.now() > end) throw new Error(`the demo did not start:\n${said}`);
  }
  const links = said.split("\n").filter((line) => line.includes("#/a/"));
  const named = (id) => links.find((link) => Buffer.from(link.split(".")[1] === "html#/a/" ? "" : link.split("#/a/")[1].split(".")[1], "base64url").toString().includes(`/${id}.`));
  const city = named("city-units"), form = named("county-transport");
  const home = /(http:\/\/localhost:\d+\/)/.exec(said)[1];
  const listed = await (await fetch(`${home}plans/index.json`)).json();
  const { digest } = listed.plans.find((plan) => plan.id === "county-transport");
  for (let seed = 1; seed <= RATERS; seed += 1) await rate(driver, city, seed);
  const passphrase = /passphrase: (\S+)/.exec(said)[1], token = /from the receiver: (\S+)/.exec(said)[1];
  for (const language of ["zh", "en"]) {
    await resident(driver, { city, form }, language);
    await canvasser(driver, home, digest, language);
    await office(driver, home, data, passphrase, token, language);
  }
  console.log(`${readdirSync(folder).length} pictures`);
} finally {
  driver.stop();
  demo.kill("SIGTERM");
  rmSync(data, { recursive: true, force: true });
}
