#!/usr/bin/env node
// Builds the page of the fault harness (tests/durability), never part of the app: node scripts/probe.mjs [--dev]
// It tells its harness what errors say of themselves, so it keeps the words that the app's own build leaves out.
// It lies in `probe` in $CARGO_TARGET_DIR or target.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./build/bundle.mjs";
import { compile } from "./build/compiler.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = resolve(root, process.env.CARGO_TARGET_DIR || "target");
const targetDir = resolve(root, process.env.MINPING_WASM_TARGET || join(target, "web"));
const out = join(target, "probe");

const dev = process.argv.includes("--dev");

try {
  const folder = compile({ dev, targetDir, bins: ["probe"], fmtDebug: true });
  const { script, wasm, chunks } = bundle(root, folder, "probe", { dev: true, workDir: join(targetDir, "bundles", "dev") });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "probe.js"), script);
  writeFileSync(join(out, "probe.wasm"), wasm);
  for (const chunk of chunks) writeFileSync(join(out, `${chunk.name}.wasm`), chunk.wasm);
  copyFileSync(join(root, "tests/durability/probe.html"), join(out, "probe.html"));
  copyFileSync(join(root, "public/log-worker.js"), join(out, "log-worker.js"));
  console.log(`fault harness: ${out}`);
} catch (error) {
  console.error(`probe: ${error.message}`);
  process.exit(1);
}
