#!/usr/bin/env node
// What the app weighs and how fast it is.
//
//   node scripts/bench.mjs [bytes] [crates] [speed] [scale] [desk] [flags] [--rounds N] [--records N] [--plan PART] [--accept] [--dist DIR]
//
// bytes    each bundle raw, gzip, brotli; what a resident loads in all; what grew since benches/accepted.json
// crates   bytes of code per crate of each bundle
// speed    time to the first question and from input to paint, as ratio to a bare page in the same run (Chromium)
// scale    what a step costs in very large questionnaires (3,000 items, 500 conditions, 300 instances, 480 grades, 50,000
//          options), beside a bare page that asks the same; --plan takes only those whose name holds PART (Chromium)
// desk     the office's page with N simulated records (20,000): opened, verified, merged, tallied; how long, the longest
//          stretch in which the page could not answer, memory (Chromium)
// flags    every ready plan in simulated rounds: how often intervals hold the truth, who is flagged and who is not (N rounds;
//          half an hour for 20); --plan takes only those whose name holds PART
// Without a name: the first three. --accept writes the bytes into benches/accepted.json.
//
// Needs a release build: node scripts/build.mjs; speed, scale, desk and flags also need cargo build --release --locked
// (scale and desk do with a debug build: the program only serves files there, and makes the records slowly).
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { reportCrates, reportSizes } from "./bench/bytes.mjs";
import { reportDesk } from "./bench/desk.mjs";
import { reportFlags } from "./bench/flags.mjs";
import { reportScale } from "./bench/scale.mjs";
import { reportSpeed } from "./bench/speed.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const words = process.argv.slice(2);
const options = { rounds: 5, records: 20_000, accept: false, dist: join(root, "dist") };
const parts = new Set();
for (let i = 0; i < words.length; i++) {
  if (["bytes", "crates", "speed", "scale", "desk", "flags"].includes(words[i])) parts.add(words[i]);
  else if (words[i] === "--accept") options.accept = true;
  else if (words[i] === "--rounds" && Number(words[i + 1]) > 0) options.rounds = Number(words[++i]);
  else if (words[i] === "--records" && Number(words[i + 1]) > 0) options.records = Number(words[++i]);
  else if (words[i] === "--plan" && words[i + 1]) options.plan = words[++i];
  else if (words[i] === "--dist" && words[i + 1]) options.dist = resolve(words[++i]);
  else {
    console.error(`bench: unknown or incomplete argument ${words[i]}\nusage: node scripts/bench.mjs [bytes] [crates] [speed] [scale] [desk] [flags] [--rounds N] [--records N] [--plan PART] [--accept] [--dist DIR]`);
    process.exit(2);
  }
}
const wanted = (part) => (parts.size === 0 && !["scale", "desk", "flags"].includes(part)) || parts.has(part);
const target = resolve(root, process.env.CARGO_TARGET_DIR || "target");
const web = resolve(root, process.env.MINPING_WASM_TARGET || join(target, "web"));
try {
  if (wanted("bytes")) reportSizes(options.dist, join(root, "benches/accepted.json"), options.accept);
  if (wanted("crates")) for (const bundle of ["answer", "field", "office"]) {
    console.log(`\n${bundle}`);
    reportCrates(join(web, "wasm32-unknown-unknown/wasm", `${bundle}.wasm`));
  }
  if (wanted("speed")) {
    console.log();
    await reportSpeed(root, options.dist, join(target, "release/minping"), options.rounds);
  }
  if (wanted("scale")) {
    const built = ["release", "debug"].map((kind) => join(target, kind, "minping"));
    console.log();
    await reportScale(options.dist, built.find((path) => existsSync(path)) ?? built[0], options.rounds, options.plan);
  }
  if (wanted("desk")) {
    const built = ["release", "debug"].map((kind) => join(target, kind, "minping"));
    console.log();
    await reportDesk(options.dist, built.find((path) => existsSync(path)) ?? built[0], options.records);
  }
  if (wanted("flags")) reportFlags(root, join(target, "release/minping"), options.rounds, options.plan);
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exit(1);
}
