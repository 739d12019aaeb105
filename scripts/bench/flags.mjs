// Every ready plan in simulated rounds: how often stated intervals hold the truth, and who is flagged.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const STATED = ["rate", "score", "index", "against_class", "rank"];
const percent = (part, of) => (of ? (part * 100 / of).toFixed(1) : "");

// Intervals that were stated and held, by kind, over all units.
function covered(program, plan, samples) {
  const rows = JSON.parse(execFileSync(program, ["simulate", "coverage", plan, "--population", "500", "--sample", "200",
    "--samples", String(samples), "--seed", "1", "--format", "json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 }));
  return STATED.map((kind) => rows.filter((row) => row.of === kind)
    .reduce(([held, stated], row) => [held + row.held, stated + row.stated], [0, 0]));
}

// One round with five canvassers, so many of whom cheat: who was flagged.
function flagged(program, folder, keys, plan, seed, cheating) {
  const out = join(folder, "round");
  rmSync(out, { recursive: true, force: true });
  const office = ["--keys", keys.file, "--passphrase-file", keys.passphrase];
  execFileSync(program, ["simulate", "round", plan, ...office, "--out", out, "--records", "250", "--population", "400",
    "--cheaters", String(cheating), "--seed", String(seed)], { stdio: "ignore" });
  // Exit code 1 tells of findings; the flags are written all the same.
  const run = spawnSync(program, ["quality", join(out, "batches"), "--plan", join(out, "plan.json"), ...office,
    "--roster", join(out, "devices.minping-roster"), "--show", "flags", "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status === null || run.status > 1) throw new Error(`quality ended with ${run.status}: ${run.stderr}`);
  const made = JSON.parse(readFileSync(join(out, "made.json"), "utf8"));
  const flags = run.stdout.trim() ? JSON.parse(run.stdout) : [];
  const records = new Set(flags.map((flag) => flag.record).filter(Boolean));
  const canvassers = new Set(flags.filter((flag) => flag.check === "interviewer").map((flag) => flag.interviewer));
  const of = (conduct) => made.records.filter((record) => record.conduct === conduct);
  const seen = (list) => list.filter((record) => records.has(record.id)).length;
  const cheaters = new Set(made.cheaters), all = new Set(made.records.map((record) => record.device).filter(Boolean));
  const honest = [...all].filter((device) => !cheaters.has(device));
  return {
    copies: of("fabricated").length, copiesFlagged: seen(of("fabricated")),
    honest: of("honest").length, honestFlagged: seen(of("honest")),
    cheaters: [...cheaters].filter((device) => all.has(device)).length, cheatersFlagged: [...cheaters].filter((device) => canvassers.has(device)).length,
    canvassers: honest.length, canvassersFlagged: honest.filter((device) => canvassers.has(device)).length,
  };
}

export function reportFlags(root, program, times, part = "") {
  if (!existsSync(program)) throw new Error(`${program} is not there: cargo build --release --bin minping`);
  const samples = times * 5;
  const folder = mkdtempSync(join(tmpdir(), "minping-rounds-"));
  try {
    const keys = { file: join(folder, "office.minping-keys"), passphrase: join(folder, "words.txt") };
    writeFileSync(keys.passphrase, "four words of nobody\n");
    execFileSync(program, ["keys", "new", keys.file, "--passphrase-file", keys.passphrase], { stdio: "ignore" });
    console.log(`${samples} samples of 200 out of 500 for the intervals; ${times} rounds of 250 interviews with one cheater among five canvassers, and with none, for the flags; per cent\n`);
    console.log("| plan | rate | score | index | against class | rank range | copies flagged | cheaters flagged | honest records flagged | honest canvassers flagged | records flagged, nobody cheats | canvassers flagged, nobody cheats |");
    console.log(`|---|${"---:|".repeat(11)}`);
    for (const name of readdirSync(join(root, "plans")).filter((name) => name.endsWith(".json") && name.includes(part)).sort()) {
      const plan = join(root, "plans", name);
      const shares = covered(program, plan, samples).map(([held, stated]) => percent(held, stated));
      const sums = [0, 1].map((cheating) => {
        const sum = {};
        for (let seed = 1; seed <= times; seed++) {
          for (const [key, count] of Object.entries(flagged(program, folder, keys, plan, seed, cheating))) sum[key] = (sum[key] ?? 0) + count;
        }
        return sum;
      });
      const [clean, sum] = sums;
      console.log(`| ${[basename(name, ".json"), ...shares, percent(sum.copiesFlagged, sum.copies), percent(sum.cheatersFlagged, sum.cheaters),
        percent(sum.honestFlagged, sum.honest), percent(sum.canvassersFlagged, sum.canvassers),
        percent(clean.honestFlagged, clean.honest), percent(clean.canvassersFlagged, clean.canvassers)].join(" | ")} |`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
