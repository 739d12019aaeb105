#!/usr/bin/env node
// Builds the app: the folder that any web server can serve.
//
//   node scripts/build.mjs [--dev] [--out DIR] [--connect ORIGIN]…
//
// --dev       quick and large: no optimising, no compression
// --out       where to (dist)
// --connect   lets the pages send batches to a receiver of another origin as well; without it only to their own
//
// Folders for compiled code: $MINPING_WASM_TARGET, or `web` in $CARGO_TARGET_DIR or target.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundle } from "./build/bundle.mjs";
import { compile } from "./build/compiler.mjs";
import { guides } from "./build/guides.mjs";
import { icons } from "./build/icons.mjs";
import { page, walk } from "./build/page.mjs";
import { plans, readyPlans } from "./build/plans.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const PAGES = ["index.html", "field.html", "office.html"];
// Templates: they go into the pages or are filled in, not copied.
const TEMPLATES = new Set(["turns.js", "boot.js", "sw.js"]);
// For installing only: whoever installs is online, and residents need not load them.
const NOT_KEPT = new Set(["icon-180.png", "icon-512.png", "icon-maskable-512.png"]);
// The office's second thread.
const OFFICE_ONLY = new Set(["office-worker.js"]);
const COMPRESSED = /\.(html|js|css|wasm|json|svg|webmanifest)$/;

function readArguments(words) {
  const options = { dev: false, out: join(root, "dist"), connect: [] };
  for (let i = 0; i < words.length; i++) {
    if (words[i] === "--dev") options.dev = true;
    else if (words[i] === "--out" && words[i + 1]) options.out = resolve(words[++i]);
    else if (words[i] === "--connect" && /^https?:\/\/[^\s/;,'"]+$/.test(words[i + 1] ?? "")) options.connect.push(words[++i]);
    else {
      console.error(`build: unknown or incomplete argument ${words[i]}\nusage: node scripts/build.mjs [--dev] [--out DIR] [--connect https://HOST]`);
      process.exit(2);
    }
  }
  return options;
}

const brotli = (bytes) => brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
});

function build(options) {
  const target = resolve(root, process.env.CARGO_TARGET_DIR || "target");
  const targetDir = resolve(root, process.env.MINPING_WASM_TARGET || join(target, "web"));
  const folder = compile({ dev: options.dev, targetDir });

  // Made aside and moved into place whole: a server that runs meanwhile never hands out half a build.
  const out = `${options.out}.new`;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });

  const copied = [];
  for (const path of walk(join(root, "public")).filter((path) => !TEMPLATES.has(path))) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), readFileSync(join(root, "public", path)));
    copied.push(path);
  }
  for (const [path, bytes] of Object.entries(icons())) {
    writeFileSync(join(out, path), bytes);
    copied.push(path);
  }

  const written = guides(root, out, options);
  const ready = readyPlans(root, out);
  const kept = {
    answer: copied.filter((path) => !NOT_KEPT.has(path) && !OFFICE_ONLY.has(path)), field: written.field,
    office: [...written.all, ...ready, ...OFFICE_ONLY],
  };
  const groups = {};
  const bundleOf = (bin) => bundle(root, folder, bin, { dev: options.dev, workDir: join(targetDir, "bundles", options.dev ? "dev" : "release") });
  for (const name of PAGES) {
    const { group, files } = page(root, out, name, { ...options, bundleOf });
    const listed = [...files, ...kept[group]];
    groups[group] = Object.fromEntries(listed.sort().map((path) =>
      [path, createHash("sha256").update(readFileSync(join(out, path))).digest("base64url")]));
  }
  plans(root, out, options.out);

  const list = JSON.stringify(groups);
  const worker = readFileSync(join(root, "public/sw.js"), "utf8");
  // The worker's own code is part of the version: a repair of it must reach devices that have all files.
  const version = createHash("sha256").update(list).update(worker).digest("hex").slice(0, 16);
  writeFileSync(join(out, "sw.js"), worker.replace('"{{release}}"', () => JSON.stringify({ version, groups })));

  if (!options.dev) {
    for (const path of walk(out)) {
      // The list of plans changes when a plan is published; a compressed copy of it would go stale.
      if (!COMPRESSED.test(path) || path === "plans/index.json") continue;
      const bytes = readFileSync(join(out, path));
      writeFileSync(join(out, `${path}.br`), brotli(bytes));
      writeFileSync(join(out, `${path}.gz`), gzipSync(bytes, { level: 9 }));
    }
  }

  const old = `${options.out}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(options.out)) renameSync(options.out, old);
  renameSync(out, options.out);
  rmSync(old, { recursive: true, force: true });
  return { version, groups };
}

function report(out, { version, groups }, dev) {
  const size = (path) => (existsSync(join(out, path)) ? statSync(join(out, path)).size : 0);
  const row = (cells) => console.log(cells.map((cell, i) => (i ? String(cell).padStart(10) : String(cell).padEnd(44))).join(""));
  console.log(`\nversion ${version}${dev ? " (dev: not optimised)" : ""}`);
  row(["bytes", "raw", "gzip", "brotli"]);
  for (const group of Object.keys(groups)) {
    const total = [0, 0, 0];
    for (const path of Object.keys(groups[group]).filter((path) => /^assets\/.*\.(js|css|wasm)$|\.html$/.test(path))) {
      const sizes = [size(path), size(`${path}.gz`) || size(path), size(`${path}.br`) || size(path)];
      sizes.forEach((bytes, i) => (total[i] += bytes));
      row([path, ...sizes]);
    }
    row([`${group}: page, code and styles`, ...total]);
  }
}

try {
  const options = readArguments(process.argv.slice(2));
  const result = build(options);
  report(options.out, result, options.dev);
} catch (error) {
  console.error(`build: ${error.message}`);
  process.exit(1);
}
