// From the compiler's .wasm to the files a page loads: cut into chunks, bindings made, code optimised.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cut } from "./chunks.mjs";
import { shorten, withoutRemarks, withoutUnused } from "./names.mjs";

// What every browser since 2022 knows and rustc's default target uses.
const FEATURES = ["bulk-memory", "bulk-memory-opt", "sign-ext", "nontrapping-float-to-int", "mutable-globals",
  "reference-types", "multivalue"].map((name) => `--enable-${name}`);
// `low-memory-unused`: the stack lies there, and no address is made from one of its last kilobyte by adding to it.
const PASSES = ["-Oz", "--low-memory-unused", "-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];

// Its marks in the code are those of wasm_split_helpers (Cargo.toml); scripts/toolchain installs this version.
const SPLITTER = "0.2.4";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

function lockedVersion(root) {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  return /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(lock)[1];
}

// What scripts/toolchain put into the cache.
function tool(name, version, program) {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const cached = join(cache, "minping/tools", `${name}-${version}`, "bin", program);
  if (existsSync(cached)) return cached;
  throw new Error(`${program} ${version} is not in ${cached}: run scripts/toolchain`);
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

// Answers { script, wasm, chunks: [{ name, wasm }], snippets }: the glue's text, the code, the code that is loaded when it is
// needed (the glue names it `./<name>.wasm`), and files the glue imports by relative path.
export function bundle(root, folder, name, { dev, workDir }) {
  const out = join(workDir, name);
  rmSync(out, { recursive: true, force: true });
  const parts = cut(root, tool("wasm_split_cli_support", SPLITTER, "wasm-split-cli"), join(folder, `${name}.wasm`), name, join(workDir, `${name}-parts`));
  // Chunks reach the app's functions through its table, which is an export of the linker's.
  execFileSync(tool("wasm-bindgen-cli", lockedVersion(root), "wasm-bindgen"), ["--target", "web", "--no-typescript", "--omit-default-module-path",
    "--keep-lld-exports", ...(dev ? [] : ["--remove-name-section", "--remove-producers-section"]),
    "--out-dir", out, "--out-name", name, parts.main], { stdio: "inherit" });
  let wasm = readFileSync(join(out, `${name}_bg.wasm`));
  let script = parts.glue(readFileSync(join(out, `${name}.js`), "utf8"));
  let chunks = parts.chunks.map(({ name, file }) => ({ name, wasm: readFileSync(file) }));
  if (!dev) {
    const small = (wasm) => optimise(root, wasm, join(workDir, "optimised"));
    ({ wasm, script } = withoutUnused(wasm, script));
    wasm = small(wasm);
    ({ wasm, script } = shorten(wasm, script));
    script = slim(script);
    chunks = chunks.map(({ name, wasm }) => ({ name, wasm: small(withoutRemarks(wasm)) }));
  }
  const snippets = join(out, "snippets");
  return { script, wasm, chunks, snippets: existsSync(snippets) ? snippets : null };
}
