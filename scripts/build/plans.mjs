// Three ready plans beside the app, and the list of them: every device fetches what is listed, so the others stay in the
// repository. What `minping plan publish` put there before stays.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Those of `minping demo`.
const LISTED = ["study-practice", "county-transport", "city-units"];

// Work steps are the office's: `minping plan publish` leaves them out as well.
const withoutSteps = (bytes) => {
  const { work_steps, ...plan } = JSON.parse(bytes.toString("utf8"));
  return work_steps ? Buffer.from(JSON.stringify(plan, null, 2) + "\n") : bytes;
};

const entryOf = (bytes) => {
  const plan = JSON.parse(bytes.toString("utf8"));
  const digest = createHash("sha256").update(bytes).digest("base64url");
  return {
    published: Boolean(plan.keys),
    entry: {
      id: plan.id, version: plan.version, digest, file: `plans/${plan.id}.${digest.slice(0, 10)}.json`,
      title: plan.title, asker: plan.asker, languages: plan.languages,
    },
  };
};

const jsonFiles = (folder) => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")).sort() : []);

// `before`: the output folder of an earlier build, whose published plans are taken over.
export function plans(root, out, before) {
  const kept = [];
  for (const name of jsonFiles(join(before, "plans")).filter((name) => name !== "index.json")) {
    const bytes = readFileSync(join(before, "plans", name));
    try {
      const plan = entryOf(bytes);
      if (plan.published && plan.entry.file === `plans/${name}`) kept.push({ ...plan, bytes });
    } catch { console.log(`plans/${name} is not a plan and is left out`); }
  }
  const replaced = new Set(kept.map((plan) => plan.entry.id));
  for (const name of LISTED) {
    const bytes = withoutSteps(readFileSync(join(root, "plans", `${name}.json`)));
    const plan = entryOf(bytes);
    if (!replaced.has(plan.entry.id)) kept.push({ ...plan, bytes });
  }
  mkdirSync(join(out, "plans"), { recursive: true });
  for (const { entry, bytes } of kept) {
    writeFileSync(join(out, entry.file), bytes);
    // What the office told of its quotas lies beside it.
    const told = entry.file.replace(/json$/, "minping-quotas");
    if (existsSync(join(before, told))) copyFileSync(join(before, told), join(out, told));
  }
  const index = { v: 1, plans: kept.map(({ entry }) => entry) };
  writeFileSync(join(out, "plans/index.json"), JSON.stringify(index, null, 1) + "\n");
}

// Every ready plan for the office's editor to begin with, work steps included, and the list of them. Answers the files.
export function readyPlans(root, out) {
  const folder = join(root, "plans");
  mkdirSync(join(out, "ready"), { recursive: true });
  const list = [];
  for (const name of jsonFiles(folder)) {
    const bytes = readFileSync(join(folder, name));
    const { id, title } = JSON.parse(bytes.toString("utf8"));
    writeFileSync(join(out, "ready", `${id}.json`), bytes);
    list.push({ id, title });
  }
  writeFileSync(join(out, "ready/index.json"), JSON.stringify({ v: 1, plans: list }) + "\n");
  return ["index", ...list.map(({ id }) => id)].map((name) => `ready/${name}.json`);
}
