// From the compiler's .wasm to the two files a page loads: bindings made, code optimised.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { shorten, withoutUnused } from "./names.mjs";

// What every browser since 2022 knows and rustc's default target uses.
const FEATURES = ["bulk-memory", "bulk-memory-opt", "sign-ext", "nontrapping-float-to-int", "mutable-globals",
  "reference-types", "multivalue"].map((name) => `--enable-${name}`);
// `low-memory-unused`: the stack lies there, and no address is made from one of its last kilobyte by adding to it.
const PASSES = ["-Oz", "--low-memory-unused", "-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

function lockedVersion(root) {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  return /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(lock)[1];
}

function bindgenProgram(root) {
  const version = lockedVersion(root);
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const cached = join(cache, "minping/tools", `wasm-bindgen-cli-${version}`, "bin/wasm-bindgen");
  if (existsSync(cached)) return cached;
  throw new Error(`wasm-bindgen ${version} is not in ${cached}: run scripts/toolchain`);
}

// Comments and indentation out of the generated glue: whole lines only, so that no string can be touched; a script
// with a string over several lines is left as it is.
function slim(script) {
  if (script.split("\n").some((line) => line.split("`").length % 2 === 0)) return script;
  const out = [];
  let comment = false;
  for (const line of script.split("\n")) {
    const text = line.trim();
    if (comment) { comment = !text.endsWith("*/"); continue; }
    if (text.startsWith("/*")) { comment = !text.includes("*/"); if (!comment && !text.endsWith("*/")) out.push(text); continue; }
    if (text === "" || text.startsWith("//")) continue;
    out.push(text);
  }
  return out.join("\n") + "\n";
}

function optimise(root, wasm, cacheDir) {
  const key = sha256(Buffer.concat([wasm, Buffer.from([...FEATURES, ...PASSES].join(" ") +
    readFileSync(join(root, "node_modules/binaryen/package.json"), "utf8"))]));
  const kept = join(cacheDir, `${key}.wasm`);
  if (!existsSync(kept)) {
    mkdirSync(cacheDir, { recursive: true });
    for (const name of readdirSync(cacheDir)) {
      if (Date.now() - statSync(join(cacheDir, name)).mtimeMs > 14 * 86400e3) rmSync(join(cacheDir, name));
    }
    const input = join(cacheDir, `${key}.in`), output = `${kept}.part`;
    writeFileSync(input, wasm);
    execFileSync(process.execPath, ["--stack-size=4000", join(root, "node_modules/binaryen/bin/wasm-opt"),
      ...FEATURES, ...PASSES, input, "-o", output], { stdio: ["ignore", "inherit", "inherit"] });
    rmSync(input);
    renameSync(output, kept);
  }
  return readFileSync(kept);
}

// Answers { script, wasm, snippets }: the glue's text, the code, and files the glue imports by relative path.
export function bundle(root, folder, name, { dev, workDir }) {
  const out = join(workDir, name);
  rmSync(out, { recursive: true, force: true });
  execFileSync(bindgenProgram(root), ["--target", "web", "--no-typescript", "--omit-default-module-path",
    ...(dev ? [] : ["--remove-name-section", "--remove-producers-section"]),
    "--out-dir", out, "--out-name", name, join(folder, `${name}.wasm`)], { stdio: "inherit" });
  let wasm = readFileSync(join(out, `${name}_bg.wasm`));
  let script = readFileSync(join(out, `${name}.js`), "utf8");
  if (!dev) {
    ({ wasm, script } = withoutUnused(wasm, script));
    wasm = optimise(root, wasm, join(workDir, "optimised"));
    ({ wasm, script } = shorten(wasm, script));
    script = slim(script);
  }
  const snippets = join(out, "snippets");
  return { script, wasm, snippets: existsSync(snippets) ? snippets : null };
}
