// Cuts a bundle into the part that a page loads at once and the chunks that it loads when they are needed: what is marked
// `#[chunk(…)]` in the source, each with all that only it needs.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withoutUnasked } from "./names.mjs";
import { walk } from "./page.mjs";

// The program writes a script beside the modules; all that is taken from it is which file belongs to which loader.
const MODULE = "./__wasm_split.js";

// Loads a chunk's files into the running app and calls back with 1, or 0 when they cannot be had. What failed is tried
// anew at the next call. No file depends on another at its start: each only fills its places in the table and the memory.
const LOADER = `
const chunks = {};
function fetchChunk(file) {
    return chunks[file] ??= fetch(new URL(file, import.meta.url)).then((answer) => {
        if (!answer.ok) throw new Error(file + ": " + answer.status);
        return answer.arrayBuffer();
    }).then((code) => WebAssembly.instantiate(code, { __wasm_split: SHARED })).catch((error) => {
        delete chunks[file];
        throw error;
    });
}
function chunkLoader(files) {
    return async (done, data) => {
        let loaded = files ? 1 : 0;
        try { await Promise.all((files ?? []).map(fetchChunk)); }
        catch (error) { loaded = 0; console.warn(error); }
        wasm.__indirect_function_table.get(done)(data, loaded);
    };
}
`;

// Where the screens of each bundle are; what is beside these folders is everybody's.
const ROOMS = { answer: [], field: ["field"], office: ["office"] };

// Chunks that only screens of other bundles ask for. The splitter cuts them off here as well where a chunk of another bundle
// asks for them: it goes by the imports of all code, also of code that it then leaves out.
function foreign(root, name) {
  const here = new Set(), elsewhere = new Set();
  const others = Object.entries(ROOMS).filter(([other]) => other !== name).flatMap(([, folders]) => folders);
  const ui = join(root, "src/ui");
  for (const path of walk(ui).filter((path) => path.endsWith(".rs"))) {
    const marked = readFileSync(join(ui, path), "utf8").matchAll(/^\s*#\[chunk\((\w+)/gm);
    const room = others.includes(path.split("/")[0].replace(/\.rs$/, "")) ? elsewhere : here;
    for (const [, chunk] of marked) room.add(chunk);
  }
  return new Set([...elsewhere].filter((chunk) => !here.has(chunk)).map((chunk) => `split_${chunk}`));
}

// Answers { main, chunks: [{ name, file }], glue }: the path of the part that bindings are made for, the chunks' names and
// paths, and `glue(script)`, which puts their loaders into the bindings. Where nothing is marked, `glue` changes nothing.
export function cut(root, program, input, name, out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const whole = join(out, "whole");
  writeFileSync(whole, withoutUnasked(readFileSync(input)));
  execFileSync(program, [whole, out, "--target", "web", "--out-name", name], { stdio: ["ignore", "ignore", "inherit"] });
  rmSync(whole);
  const linked = readFileSync(join(out, MODULE), "utf8");
  const shared = /\{ __wasm_split: \{ ([^}]*)\} \};\n\s*const \{ ([^}]*)\}/.exec(linked);
  if (!shared) throw new Error(`${name}: the loaders that wasm-split-cli wrote are of another form than those of 0.2.4`);
  const own = shared[2].split(",").map((one) => one.trim()).filter(Boolean);
  const files = new Map([...linked.matchAll(/^const (\w+) = makeLoad\([^]*?"\.\/([\w.-]+)\.wasm"/gm)].map(([, variable, file]) => [variable, file]));
  const loaders = [...linked.matchAll(/^export const (\w+) = wrapAsyncCb\(makeLoad\(([^]*?), \[([\w, ]*)\]\)\);$/gm)].map(([, loader, fetcher, needs]) => {
    const file = /"\.\/([\w.-]+)\.wasm"/.exec(fetcher)?.[1];
    return { loader, files: [...needs.split(",").map((one) => one.trim()).filter(Boolean).map((one) => files.get(one)), ...(file ? [file] : [])] };
  });
  const cutOff = readdirSync(out).filter((file) => file.endsWith(".wasm") && file !== `${name}.wasm`).sort().map((file) => file.replace(/\.wasm$/, ""));
  const known = new Set(loaders.flatMap(({ files }) => files));
  if (known.size !== cutOff.length) throw new Error(`${name}: ${cutOff.length} chunks, but loaders for ${known.size}`);
  // The loader of what is never asked for here stays, since the code imports it, and has nothing to load.
  const strange = foreign(root, name);
  for (const loader of loaders) if (loader.files.some((file) => strange.has(file))) loader.files = null;
  const needed = new Set(loaders.flatMap(({ files }) => files ?? []));
  const chunks = cutOff.filter((file) => needed.has(file)).map((file) => ({ name: file.replace(/^split_/, ""), file: join(out, `${file}.wasm`) }));
  // The bindings import the program's script once for each function that they need of it.
  const glue = (script) => {
    const path = `"${MODULE}"`;
    if (!script.includes(path)) return script;
    const text = LOADER.replace("SHARED", `{ ${shared[1]}${own.map((one) => `${one}: wasm.${one}`).join(", ")} }`);
    const table = loaders.map(({ loader, files }) => `    ${loader}: chunkLoader(${files ? `[${files.map((file) => `"./${file.replace(/^split_/, "")}.wasm"`).join(", ")}]` : null}),\n`);
    const lines = script.split("\n").filter((line) => !(line.startsWith("import * as ") && line.includes(path)));
    const entries = lines.filter((line) => line.includes(path));
    const start = lines.indexOf("function __wbg_get_imports() {");
    if (entries.length === 0 || start < 0) throw new Error(`${name}: the bindings are of another form than wasm-bindgen 0.2.130 makes`);
    lines[lines.indexOf(entries[0])] = `        ${path}: chunkLoaders,`;
    lines.splice(start, 0, ...text.split("\n"), "const chunkLoaders = {", ...table.join("").split("\n"), "};");
    return lines.filter((line) => !entries.includes(line)).join("\n");
  };
  return { main: join(out, `${name}.wasm`), chunks, glue };
}
