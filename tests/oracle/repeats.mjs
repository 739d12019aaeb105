// Answers one form with repeats in ODK's own engine. Standard input: JSON { xml, turns }; a turn is ["set", path, value],
// ["add", path] or ["remove", path, instance]; a path is `household[2]/age`. Writes a JSON list: for each turn and before the
// first, { path: [relevant, value] } of every question, and { path: [names] } of the choices it offers.
import { readFileSync } from "node:fs";

await import("./page.mjs");
const { createInstance } = await import("@getodk/xforms-engine");

const last = (node) => node.currentState.reference.replace(/\[\d+\]$/, "").split("/").at(-1);

function collect(node, prefix, into) {
  for (const child of node.currentState.children ?? []) {
    if (child.nodeType.startsWith("repeat-range")) {
      into.ranges[prefix + last(child)] = child;
      child.currentState.children.forEach((instance, at) => collect(instance, `${prefix}${last(child)}[${at + 1}]/`, into));
    } else if (Array.isArray(child.currentState.children)) collect(child, prefix, into);
    else if (!last(child).includes(":") && last(child) !== "instanceID") into.nodes[prefix + last(child)] = child;
  }
  return into;
}

console.error = console.warn = console.log = () => {};
const { xml, turns } = JSON.parse(readFileSync(0, "utf8"));
const made = await createInstance(xml, { form: { fetchFormDefinition: async () => { throw new Error("none"); } }, instance: {} });
if (!made.root) throw made.error ?? new Error(made.status);
const look = () => collect(made.root, "", { nodes: {}, ranges: {} });
const states = [];
const read = () => {
  const state = {};
  for (const [path, node] of Object.entries(look().nodes)) {
    const { relevant, value, instanceValue, valueOptions } = node.currentState;
    const text = instanceValue ?? (Array.isArray(value) ? value.join(" ") : String(value ?? ""));
    state[path] = [relevant, text, node.nodeType === "select" ? valueOptions.map((option) => option.value) : null];
  }
  states.push(state);
};
read();
for (const [what, path, given] of turns) {
  const { nodes, ranges } = look();
  if (what === "add") ranges[path].addInstances(ranges[path].currentState.children.length - 1, 1);
  else if (what === "remove") ranges[path].removeInstances(given - 1, 1);
  else {
    const node = nodes[path];
    if (!node) throw new Error(`no ${path} among ${Object.keys(nodes)} and ${Object.keys(ranges)}`);
    if (node.nodeType === "select") node.selectValues([given]);
    else node.setValue(node.valueType === "int" ? BigInt(given) : given);
  }
  read();
}
process.stdout.write(JSON.stringify(states), () => process.exit(0));
