// Which compiler makes the wasm, and with what flags.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const TARGET = "wasm32-unknown-unknown";

// Smaller code, at a price that this app does not pay: a panic ends in a trap, which boot.js shows to the user.
// Each is used when the compiler knows it.
//
// `erase_components` makes Leptos build every element through one shared type instead of a type for each view.
const SMALL = [["--cfg=erase_components"], ["-Zunstable-options", "-Cpanic=immediate-abort"], ["-Zlocation-detail=none"], ["-Zfmt-debug=none"]];

// Who needs what stays written in the module: by that it is cut into chunks (bundle.mjs).
const RELOCATIONS = "-Clink-arg=--emit-relocs";

const output = (program, args, env) => {
  try { return execFileSync(program, args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim(); }
  catch { return null; }
};

function inspect(folder) {
  const env = { ...process.env, ...(folder && { PATH: `${folder}:${process.env.PATH}` }) };
  delete env.RUSTC;
  const rustc = folder ? join(folder, "rustc") : "rustc", cargo = folder ? join(folder, "cargo") : "cargo";
  const version = output(rustc, ["--version"], env), root = output(rustc, ["--print", "sysroot"], env);
  if (!version || !root || !output(cargo, ["--version"], env)) return null;
  const minor = Number(/^rustc 1\.(\d+)/.exec(version)?.[1] ?? 0);
  if (minor < 88) return null;
  return {
    cargo, rustc, env, version,
    source: existsSync(join(root, "lib/rustlib/src/rust/library/std")),
    ready: existsSync(join(root, "lib/rustlib", TARGET, "lib")),
  };
}

// The compilers on this machine that can make wasm, best first: one that can also rebuild the standard library for
// size, then one with a ready standard library.
export function compilers() {
  const found = [inspect(null), inspect("/usr/bin")].filter(Boolean);
  return [
    ...found.filter((c) => c.source).map((c) => ({ ...c, rebuild: true })),
    ...found.filter((c) => c.ready).map((c) => ({ ...c, rebuild: false })),
  ];
}

function invocation(compiler, { dev, targetDir, bins = ["answer", "field", "office"], immediateAbort = true, fmtDebug = false }) {
  const env = { ...compiler.env, CARGO_TARGET_DIR: targetDir, RUSTFLAGS: RELOCATIONS };
  delete env.CARGO_ENCODED_RUSTFLAGS;
  const args = ["build", "--locked", "--target", TARGET, "--no-default-features", "--features", "web",
    ...bins.flatMap((bin) => ["--bin", bin]), "--profile", dev ? "dev" : "wasm"];
  if (compiler.rebuild) {
    env.RUSTC_BOOTSTRAP = "1";
    args.push("-Zbuild-std=std,panic_abort");
    if (!dev) {
      const known = SMALL.filter((flags) => (immediateAbort || !flags.includes("-Cpanic=immediate-abort"))
        && !(fmtDebug && flags.includes("-Zfmt-debug=none"))
        && output(compiler.rustc, [...flags, "--print", "cfg"], env) !== null).flat();
      env.RUSTFLAGS = [RELOCATIONS, ...known].join(" ");
      args.push("-Zbuild-std-features=optimize_for_size");
    }
  }
  return { args, env };
}

// Builds the bundles; answers the folder that holds the .wasm files.
export function compile(options) {
  const all = compilers();
  if (all.length === 0) throw new Error("no Rust compiler here can make wasm: run scripts/toolchain");
  for (const [index, compiler] of all.entries()) {
    const { args, env } = invocation(compiler, options);
    console.log(`compiling with ${compiler.version}${compiler.rebuild ? ", standard library rebuilt for size" : ""}`);
    const run = spawnSync(compiler.cargo, args, { env, stdio: "inherit" });
    if (run.status === 0) return join(options.targetDir, TARGET, options.dev ? "debug" : "wasm");
    // A fault in our code fails with every compiler: only the way of building may be tried anew.
    if (!all[index + 1] || !compiler.rebuild || all[index + 1].rebuild) break;
    console.log("that did not build; trying with the ready standard library");
  }
  throw new Error("the compiler refused");
}
