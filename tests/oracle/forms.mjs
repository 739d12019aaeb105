// Answers forms in ODK's own engine. Standard input: a JSON list of { name, xml, turns }, each turn a list of
// [question, value]; a value is a text, the names of choices with spaces between, null, or { add: true } for another instance of
// a repeat. Writes JSON: name to { error }, or to
// one state for each turn and one before them: { question: [relevant, value, valid] }.
import { readFileSync } from "node:fs";

await import("./page.mjs");
const { createInstance } = await import("@getodk/xforms-engine");

// Questions by the last step of their path, in a repeat after the instances around it (`household[2]/age`), and the ranges of
// repeats likewise.
function collect(node, into, prefix = "", ranges = {}) {
  const list = node.currentState.children;
  for (const child of Array.isArray(list) ? list : []) {
    const reference = child.currentState.reference.replace(/\[\d+\]$/, "");
    const name = reference.slice(reference.lastIndexOf("/") + 1);
    if (child.nodeType.startsWith("repeat-range")) {
      ranges[prefix + name] = child;
      child.currentState.children.forEach((instance, at) => collect(instance, into, `${prefix}${name}[${at + 1}]/`, ranges));
    } else if (Array.isArray(child.currentState.children) && child.currentState.children.length) collect(child, into, prefix, ranges);
    else if (!name.includes(":")) into[prefix + name] = child;
  }
  return into;
}

function read(nodes) {
  const state = {};
  for (const [name, node] of Object.entries(nodes)) {
    const { relevant, value, instanceValue } = node.currentState;
    const text = instanceValue ?? (Array.isArray(value) ? value.join(" ") : value === null || value === undefined ? "" : String(value));
    const violation = node.validationState?.violation;
    state[name] = [relevant, String(text), violation?.condition !== "constraint"];
  }
  return state;
}

function answer(node, value) {
  if (node.nodeType === "select") node.selectValues(value === null ? [] : value.split(" "));
  else if (node.nodeType === "rank") node.setValues(value === null ? [] : value.split(" "));
  else node.setValue(value === null ? "" : node.valueType === "int" ? BigInt(value) : node.valueType === "decimal" ? Number(value) : value);
}

console.error = console.warn = console.log = () => {};
const results = {};
for (const { name, xml, turns } of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    const made = await createInstance(xml, {
      form: { fetchFormDefinition: async () => { throw new Error("none"); }, fetchFormAttachment: async () => new Response("", { status: 404 }), missingResourceBehavior: "BLANK" },
      instance: {},
    });
    if (!made.root) throw made.error ?? new Error(made.status);
    const states = [read(collect(made.root, {}))];
    for (const turn of turns) {
      for (const [question, value] of turn) {
        const ranges = {};
        const node = collect(made.root, {}, "", ranges)[question];
        if (value?.add) {
          const range = ranges[question];
          if (range?.nodeType === "repeat-range:uncontrolled" && range.currentState.relevant) range.addInstances(range.currentState.children.length - 1, 1);
          continue;
        }
        // A person cannot answer what is not asked.
        if (!node || !node.currentState.relevant || node.currentState.readonly) continue;
        answer(node, value);
      }
      states.push(read(collect(made.root, {})));
    }
    results[name] = { states };
  } catch (error) {
    results[name] = { error: String(error?.message ?? error).slice(0, 200) };
  }
}
process.stdout.write(JSON.stringify(results), () => process.exit(0));
