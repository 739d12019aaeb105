// Answers forms in ODK's own engine. Standard input: a JSON list of { name, xml, turns }, each turn a list of
// [question, value]; a value is a text, the names of choices with spaces between, or null. Writes JSON: name to { error }, or to
// one state for each turn and one before them: { question: [relevant, value, valid] }.
import { readFileSync } from "node:fs";

await import("./page.mjs");
const { createInstance } = await import("@getodk/xforms-engine");

// Questions by the last step of their path; what is in a repeat is left out.
function collect(node, into, around = true) {
  const list = node.currentState.children;
  for (const child of Array.isArray(list) ? list : []) {
    if (child.nodeType.startsWith("repeat")) continue;
    const reference = child.currentState.reference;
    const name = reference.slice(reference.lastIndexOf("/") + 1);
    if (Array.isArray(child.currentState.children) && child.currentState.children.length) collect(child, into);
    else if (!name.includes(":")) into[name] = child;
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
        const node = collect(made.root, {})[question];
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
