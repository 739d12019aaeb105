// Names between the code and its glue: what nobody calls goes, the others become short. The generated ones end in hashes,
// which no compression shortens, and each stands in both files.

function reader(bytes) {
  let at = 0;
  const number = () => {
    let value = 0, shift = 0, byte;
    do { byte = bytes[at++]; value += (byte & 127) * 2 ** shift; shift += 7; } while (byte & 128);
    return value;
  };
  const text = () => { const length = number(); at += length; return Buffer.from(bytes.subarray(at - length, at)).toString(); };
  return { number, text, get at() { return at; }, set at(to) { at = to; } };
}

function leb(value) {
  const out = [];
  do { out.push((value % 128) | (value >= 128 ? 128 : 0)); value = Math.floor(value / 128); } while (value > 0);
  return Buffer.from(out);
}

const named = (text) => Buffer.concat([leb(Buffer.byteLength(text)), Buffer.from(text)]);

// The module with one section made anew: `change` gets what is in it and answers what is to be in it.
function withSection(wasm, wanted, change) {
  const parts = [wasm.subarray(0, 8)];
  const read = reader(wasm);
  read.at = 8;
  while (read.at < wasm.length) {
    const start = read.at, id = read.number(), size = read.number(), from = read.at;
    read.at = from + size;
    if (id !== wanted) { parts.push(wasm.subarray(start, read.at)); continue; }
    const body = change(wasm.subarray(from, read.at));
    parts.push(Buffer.from([id]), leb(body.length), body);
  }
  return Buffer.concat(parts);
}

// The module without what the compiler tells of itself: names and where things came from.
export function withoutRemarks(wasm) {
  const parts = [wasm.subarray(0, 8)];
  const read = reader(wasm);
  read.at = 8;
  while (read.at < wasm.length) {
    const start = read.at, id = read.number(), size = read.number();
    read.at += size;
    if (id !== CUSTOM) parts.push(wasm.subarray(start, read.at));
  }
  return Buffer.concat(parts);
}

const CUSTOM = 0, EXPORTS = 7, IMPORTS = 2, FUNCTION = 0;

function exportsOf(section) {
  const read = reader(section);
  return Array.from({ length: read.number() }, () => {
    const name = read.text();
    const kind = section[read.at++];
    return { name, kind, index: read.number() };
  });
}

const writeExports = (list) => Buffer.concat([leb(list.length),
  ...list.flatMap(({ name, kind, index }) => [named(name), Buffer.from([kind]), leb(index)])]);

// Classes of a dependency of Leptos (streams of server functions) are exported whether or not they are used: out of the
// glue they go, and with them every export that the rest of the glue does not name goes out of the code, before it is
// optimised, so that what only they need goes too.
export function withoutUnused(wasm, script) {
  script = script
    .replace(/^export class IntoUnderlying\w+ \{\n[\s\S]*?^\}\n/gm, "")
    .replace(/^if \(Symbol\.dispose\) IntoUnderlying.*\n/gm, "")
    .replace(/^const IntoUnderlying\w+Finalization = [\s\S]*?;\n/gm, "");
  const used = new Set([...script.matchAll(/\bwasm\.(\w+)/g)].map(([, name]) => name)).add("memory");
  return {
    wasm: withSection(wasm, EXPORTS, (section) => writeExports(exportsOf(section).filter(({ name }) => used.has(name)))),
    script,
  };
}

// What is marked for a chunk is an export of every bundle, also of one that does not use it, and would hold all that it
// needs: there it goes before the bundle is cut. `__wasm_split_00<chunk>00_export_<id>_<name>` is asked for by the import of
// the same id.
export function withoutUnasked(wasm) {
  const MARK = /^__wasm_split_00\w+00_(import|export)_([0-9a-f]{32})_/;
  const asked = new Set(WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => MARK.exec(name)?.[2]));
  return withSection(wasm, EXPORTS, (section) => writeExports(exportsOf(section).filter(({ name }) => {
    const mark = MARK.exec(name);
    return !mark || asked.has(mark[2]);
  })));
}

const short = (prefix, at) => prefix + at.toString(36);

// After optimising: the glue's functions that the code does not import go, and imports and exports get short names.
export function shorten(wasm, script) {
  const renamed = new Map();
  const imported = new Set(WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name));
  script = script.replace(/^        (\w+): function[\s\S]*?^        \}.*\n/gm, (all, name) => (imported.has(name) ? all : ""));
  for (const name of imported) renamed.set(name, short("$", renamed.size));
  let code = withSection(wasm, IMPORTS, (section) => {
    const read = reader(section);
    const out = [leb(read.number())];
    while (read.at < section.length) {
      const module = read.text(), name = read.text(), from = read.at;
      const kind = section[read.at++];
      if (kind !== FUNCTION) throw new Error(`an import that is no function: ${module} ${name}`);
      read.number();
      out.push(named(module), named(renamed.get(name)), section.subarray(from, read.at));
    }
    return Buffer.concat(out);
  });
  code = withSection(code, EXPORTS, (section) => writeExports(exportsOf(section).map((one) => {
    if (one.kind !== FUNCTION || !/^(wasm_bindgen_|__)/.test(one.name)) return one;
    if (!renamed.has(one.name)) renamed.set(one.name, short("_", renamed.size));
    return { ...one, name: renamed.get(one.name) };
  })));
  return { wasm: code, script: script.replace(/[\w$]+/g, (word) => renamed.get(word) ?? word) };
}
