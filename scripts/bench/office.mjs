// An office for a benchmark: keys, published plans, and the receiver with the app on one port.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

// `plans`: the file of each, and the hand-written page that stands beside it as `bare-<id>.html`.
export function openOffice(dist, program, plans, bare) {
  if (!existsSync(program)) throw new Error(`${program} is not there: cargo build --release --locked`);
  const folder = mkdtempSync(join(tmpdir(), "minping-bench-office-"));
  const app = join(folder, "app"), keys = join(folder, "keys"), data = join(folder, "data");
  cpSync(dist, app, { recursive: true });
  const env = { ...process.env, MINPING_PASSPHRASE: "four words of a bench" };
  const run = (...words) => execFileSync(program, ["--lang", "en", ...words], { env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  run("keys", "new", keys);
  const receipt = run("serve", "--show-key", "--data", data).trim();
  for (const plan of plans) run("plan", "publish", plan, "--keys", keys, "--receiver", "api/", "--receiver-key", receipt, "--app", app);
  const listed = JSON.parse(readFileSync(join(app, "plans/index.json"), "utf8")).plans;
  for (const { id, file } of listed) {
    const page = bare(JSON.parse(readFileSync(join(app, file), "utf8")));
    if (!page) continue;
    writeFileSync(join(app, `bare-${id}.html`), page);
    // The best takes minutes for a list of 50,000.
    const quality = page.length > 1e6 ? 5 : 11;
    writeFileSync(join(app, `bare-${id}.html.br`), brotliCompressSync(page, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }));
  }
  const server = spawn(program, ["serve", "--rate", "0", "--bind", "127.0.0.1:0", "--app", app, "--data", data], { stdio: ["ignore", "pipe", "ignore"] });
  const base = new Promise((resolve, reject) => {
    server.stdout.once("data", (bytes) => resolve(String(bytes).split("\n")[0].trim()));
    server.once("exit", () => reject(new Error("minping serve ended")));
  });
  return {
    base,
    link: (url, id, more) => Object.values(JSON.parse(run("link", join(app, listed.find((plan) => plan.id === id).file), "--keys", keys,
      "--base", url, "--format", "json", ...more))[0]).find((value) => String(value).includes("#/a/")),
    close() { server.kill(); rmSync(folder, { recursive: true, force: true }); },
  };
}
