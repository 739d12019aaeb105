// Chromium through its driver, with nothing but Node: a session, its own protocol, and a page's script.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function startDriver() {
  const driver = spawn(process.env.MINPING_CHROMEDRIVER || "chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "ignore"] });
  const port = await new Promise((resolve, reject) => {
    let text = "";
    driver.stdout.on("data", (bytes) => {
      text += bytes;
      const found = /started successfully on port (\d+)\./.exec(text);
      if (found) resolve(found[1]);
    });
    driver.on("error", () => reject(new Error("chromedriver does not start: run scripts/toolchain --tests")));
    driver.on("exit", () => reject(new Error(`chromedriver ended:\n${text}`)));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => driver.kill() };
}

export async function openBrowser(driver) {
  const profile = mkdtempSync(join(tmpdir(), "minping-bench-"));
  const call = async (method, path, body) => {
    const response = await fetch(driver.url + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.message}`);
    return value;
  };
  const { sessionId } = await call("POST", "/session", { capabilities: { alwaysMatch: {
    browserName: "chrome",
    "goog:chromeOptions": {
      ...(process.env.MINPING_CHROMIUM ? { binary: process.env.MINPING_CHROMIUM } : {}),
      args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
        "--window-size=412,915", `--user-data-dir=${profile}`],
    },
  } } });
  const session = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
  return {
    goto: (url) => session("POST", "/url", { url }),
    cdp: (cmd, params = {}) => session("POST", "/goog/cdp/execute", { cmd, params }),
    run: (script, ...args) => session("POST", "/execute/sync", { script, args }),
    async until(what, script, patience = 120e3) {
      for (const end = Date.now() + patience; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
        const value = await session("POST", "/execute/sync", { script, args: [] });
        if (value !== null && value !== false) return value;
      }
      throw new Error(`waited in vain for ${what}:\n${await session("POST", "/execute/sync", { script: "return document.body.innerText", args: [] })}`);
    },
    async elements(css) {
      return (await session("POST", "/elements", { using: "css selector", value: css })).map((e) => Object.values(e)[0]);
    },
    click: (element) => session("POST", `/element/${element}/click`, {}),
    type: (element, text) => session("POST", `/element/${element}/value`, { text }),
    async close() {
      await call("DELETE", `/session/${sessionId}`).catch(() => {});
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
