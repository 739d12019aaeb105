// Evaluates the vectors of tests/vectors/expression with ODK's own engine. Writes JSON: file name to the list of results,
// each a text, or { error } where the engine refuses. Reads the vectors' folder from the command line.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

await import("./page.mjs");
const { createInstance } = await import("@getodk/xforms-engine");

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;");

// `${name}` as pyxform writes it: relative inside the same repeat, absolute elsewhere.
function path(name, vectors, inside) {
  for (const [repeat, rows] of Object.entries(vectors.repeats ?? {})) {
    if (name === repeat) return `/data/${repeat}`;
    if (name in rows[0]) return inside === repeat ? `../${name}` : `/data/${repeat}/${name}`;
  }
  return `/data/${name}`;
}

function form(expression, vectors) {
  const [inside] = vectors.in ?? [];
  // `string()`: and a mark before it, for the engine keeps a NaN as the empty text.
  // The item and the repeats of `indexed-repeat` are named in full.
  const full = expression.replace(/indexed-repeat\(\s*\$\{([^}]+)\}\s*,\s*\$\{([^}]+)\}/g,
    (_, item, repeat) => `indexed-repeat(${path(item, vectors)}, ${path(repeat, vectors)}`);
  const calculate = full.replace(/\$\{([^}]+)\}/g, (_, name) => path(name, vectors, inside));
  const values = Object.entries(vectors.values ?? {});
  const repeats = Object.entries(vectors.repeats ?? {});
  const nodes = values.map(([name, value]) => `<${name}>${escape(value)}</${name}>`).join("")
    + repeats.map(([repeat, rows]) => rows.map((row) => `<${repeat}>${Object.entries(row)
      .map(([name, value]) => `<${name}>${escape(value)}</${name}>`).join("")}${inside === repeat ? "<result/>" : ""}</${repeat}>`)
      .join("")).join("") + (inside ? "" : "<result/>");
  const target = inside ? `/data/${inside}/result` : "/data/result";
  const lists = Object.entries(vectors.lists ?? {}).map(([id, rows]) => `<instance id="${id}"><root>${rows.map((row) =>
    `<item>${Object.entries(row).map(([name, value]) => `<${name}>${escape(value)}</${name}>`).join("")}</item>`).join("")}</root></instance>`);
  const body = Object.entries(vectors.selects ?? {}).map(([name, list]) => `<select1 ref="/data/${name}"><label>q</label>`
    + `<itemset nodeset="instance('${list}')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>`).join("")
    + repeats.map(([repeat, rows]) => `<group ref="/data/${repeat}"><label>r</label><repeat nodeset="/data/${repeat}">`
      + `${Object.keys(rows[0]).map((name) => `<input ref="/data/${repeat}/${name}"><label>i</label></input>`).join("")}</repeat></group>`).join("");
  return `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"`
    + ` xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>v</h:title><model>`
    + `<instance><data id="v" version="1">${nodes}<orx:meta><orx:instanceID/></orx:meta></data></instance>${lists.join("")}`
    + `<bind nodeset="${target}" type="string" calculate="${escape(`concat('=', string(${calculate}))`)}"/></model></h:head><h:body>${body}</h:body></h:html>`;
}

const children = (node) => {
  const found = node.currentState.children;
  return Array.isArray(found) ? found : [];
};

function find(root, vectors) {
  if (!vectors.in) return children(root).find((node) => node.currentState.reference === "/data/result");
  const [repeat, position] = vectors.in;
  const range = children(root).find((node) => node.nodeType.startsWith("repeat-range") && node.currentState.reference === `/data/${repeat}`);
  const instance = children(range)[position - 1];
  return children(instance).find((node) => node.currentState.reference.endsWith("/result"));
}

const quiet = console.error;
console.error = console.warn = () => {};
const folder = process.argv[2];
const results = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const vectors = JSON.parse(readFileSync(join(folder, file), "utf8"));
  // A calculation has no value of its own to look at while it is made.
  if ("own" in vectors) continue;
  results[file] = [];
  for (const [expression] of vectors.cases) {
    let result;
    try {
      const form_ = await createInstance(form(expression, vectors), { form: { fetchFormDefinition: async () => { throw new Error("none"); } }, instance: {} });
      if (!form_.root) throw form_.error ?? new Error(form_.status);
      result = find(form_.root, vectors).currentState.value.replace(/^=/, "");
    } catch (error) {
      result = { error: String(error?.message ?? error) };
    }
    results[file].push(result);
  }
}
console.error = quiet;
process.stdout.write(JSON.stringify(results));
process.exit(0);
