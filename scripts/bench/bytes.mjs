// Bytes of each bundle, and what grew since they were last accepted.
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const measure = (path) => {
  const bytes = readFileSync(path);
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli(bytes) };
};
const add = (a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli });

// What the pages load at once (html, css, js, wasm of each), the chunks that they load when they are needed, and each ready plan.
export function sizes(dist) {
  if (!existsSync(join(dist, "sw.js.br"))) throw new Error(`${dist} is no release build: run node scripts/build.mjs`);
  const found = {};
  for (const [group, page] of [["answer", "index.html"], ["field", "field.html"], ["office", "office.html"]]) {
    found[`${group} html`] = measure(join(dist, page));
    for (const name of readdirSync(join(dist, "assets")).filter((name) => /\.(css|js|wasm)$/.test(name))) {
      const chunk = new RegExp(`^${group}\\.(\\w+)-`).exec(name)?.[1];
      if (chunk) found[`${group}, later: ${chunk}`] = measure(join(dist, "assets", name));
      else if (name.startsWith(`${group}-`)) found[`${group} ${name.slice(name.lastIndexOf(".") + 1)}`] = measure(join(dist, "assets", name));
    }
  }
  const shared = existsSync(join(dist, "log-worker.js")) ? measure(join(dist, "log-worker.js")) : { raw: 0, gzip: 0, brotli: 0 };
  found["log worker"] = shared;
  const sum = (start, first) => Object.entries(found).filter(([key]) => key.startsWith(start)).map(([, value]) => value).reduce(add, first);
  for (const group of ["answer", "field", "office"]) {
    found[`${group}: first load`] = sum(`${group} `, shared);
    found[`${group}: all`] = sum(`${group}, later`, found[`${group}: first load`]);
  }
  for (const { id, file } of JSON.parse(readFileSync(join(dist, "plans/index.json"), "utf8")).plans) {
    found[`plan ${id}`] = measure(join(dist, file));
    found[`a resident of ${id}: first load`] = add(found["answer: first load"], found[`plan ${id}`]);
    found[`a resident of ${id}: all`] = add(found["answer: all"], found[`plan ${id}`]);
  }
  return found;
}

export function reportSizes(dist, acceptedPath, accept) {
  const now = sizes(dist);
  const before = existsSync(acceptedPath) ? JSON.parse(readFileSync(acceptedPath, "utf8")).bytes ?? {} : {};
  const rows = [["bytes", "raw", "gzip", "brotli", "since accepted (brotli)"]];
  for (const [name, size] of Object.entries(now)) {
    const grown = before[name] ? size.brotli - before[name].brotli : null;
    rows.push([name, size.raw, size.gzip, size.brotli, grown === null ? "new" : grown > 0 ? `+${grown}` : String(grown)]);
  }
  const worst = (ending) => Math.max(...Object.entries(now).filter(([key]) => key.startsWith("a resident") && key.endsWith(ending)).map(([, value]) => value.brotli));
  const first = worst("first load");
  print(rows);
  console.log(`\nWhat a resident loads at first: ${(first / 1000).toFixed(1)} kB brotli at most; the budget is 100 kB: ${first <= 100e3 ? "kept" : "BROKEN"}`);
  console.log(`With every chunk that comes later: ${(worst(": all") / 1000).toFixed(1)} kB`);
  if (accept) {
    const all = existsSync(acceptedPath) ? JSON.parse(readFileSync(acceptedPath, "utf8")) : {};
    writeFileSync(acceptedPath, JSON.stringify({ ...all, bytes: now }, null, 1) + "\n");
    console.log(`accepted into ${acceptedPath}`);
  }
}

export function print(rows) {
  const width = rows[0].map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  for (const row of rows) console.log(row.map((cell, i) => (i ? String(cell).padStart(width[i] + 2) : String(cell).padEnd(width[i]))).join(""));
}

// Bytes of code per crate, from the names that the compiler left in the .wasm before it is optimised.
export function reportCrates(wasmPath) {
  const bytes = readFileSync(wasmPath);
  let at = 8;
  const leb = () => {
    let value = 0, shift = 0, byte;
    do { byte = bytes[at++]; value += (byte & 127) * 2 ** shift; shift += 7; } while (byte & 128);
    return value;
  };
  const skip = () => { const length = leb(); at += length; };
  const sizes = [], names = new Map();
  let imported = 0, data = 0;
  while (at < bytes.length) {
    const id = bytes[at++], end = leb() + at;
    if (id === 2) {
      for (let n = leb(); n > 0; n--) {
        skip(); skip();
        const kind = bytes[at++];
        if (kind === 0) { imported++; leb(); }
        else if (kind === 1) { at++; if (leb() & 1) leb(); leb(); }
        else if (kind === 2) { if (leb() & 1) { leb(); } leb(); }
        else { at += 2; }
      }
    } else if (id === 10) {
      for (let n = leb(); n > 0; n--) { const size = leb(); sizes.push(size); at += size; }
    } else if (id === 11) {
      data = end - at;
    } else if (id === 0) {
      const length = leb(), name = bytes.toString("utf8", at, at + length);
      at += length;
      if (name === "name") {
        while (at < end) {
          const kind = bytes[at++], stop = leb() + at;
          if (kind === 1) for (let n = leb(); n > 0; n--) {
            const index = leb(), size = leb();
            names.set(index, bytes.toString("utf8", at, at + size));
            at += size;
          }
          at = stop;
        }
      }
    }
    at = end;
  }
  if (names.size === 0) throw new Error(`${wasmPath} has no names`);
  const crates = new Map();
  sizes.forEach((size, i) => {
    const crate = crateOf(names.get(i + imported) ?? "?");
    crates.set(crate, (crates.get(crate) ?? 0) + size);
  });
  const total = sizes.reduce((a, b) => a + b, 0);
  const rows = [["code by crate, before wasm-opt", "bytes", "share"]];
  for (const [crate, size] of [...crates].sort((a, b) => b[1] - a[1]).slice(0, 24)) rows.push([crate, size, `${(100 * size / total).toFixed(1)} %`]);
  rows.push(["data", data, ""]);
  print(rows);
}

// The first crate that a mangled name (legacy or v0) speaks of; for implementations that is the type's crate.
function crateOf(name) {
  const legacy = /^_ZN(\d+)/.exec(name);
  if (legacy) {
    const first = name.slice(legacy[0].length, legacy[0].length + Number(legacy[1]));
    const inner = /^_?\$LT\$(?:\$RF\$|mut\$u20\$|\$LP\$|dyn\$u20\$|\$BP\$const\$u20\$|\$BP\$mut\$u20\$)*([A-Za-z_][A-Za-z0-9_]*)\.\./.exec(first);
    return inner ? inner[1] : first.startsWith("_$") ? "core and other generic code" : first;
  }
  const v0 = /^_R.*?Cs[A-Za-z0-9]*_(\d+)_?([A-Za-z_].*)/.exec(name);
  if (v0) return v0[2].slice(0, Number(v0[1]));
  const plain = /^<?&?(?:mut )?(?:dyn )?([a-z_0-9]+)(?:\[[0-9a-f]+\])?::/.exec(name);
  return plain ? plain[1] : "no crate named";
}
