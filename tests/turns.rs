//! The page's guard of microtasks (`public/turns.js`), in Node, with a browser that runs microtasks in the middle of one.

use std::process::Command;

/// A window whose `queueMicrotask` keeps the work until it is told to run; `setTimeout` likewise.
const SCENE: &str = r#"
const source = require("fs").readFileSync(process.argv[1], "utf8");
const soon = [], later = [];
const window = { queueMicrotask: (work) => soon.push(work) };
new Function("window", "setTimeout", source)(window, (work) => later.push(work));
const microtasks = () => { while (soon.length) soon.shift()(); };
const said = [];
let depth = 0;
const closure = (name, during = () => {}) => () => {
  if (depth) throw new Error("closure invoked recursively");
  depth++;
  try { said.push(name); during(); said.push(name + " ends"); } finally { depth--; }
};
window.queueMicrotask(closure("first", () => {
  window.queueMicrotask(closure("second"));
  microtasks();
}));
microtasks();
while (later.length) later.shift()();
window.queueMicrotask(() => { throw new Error("trap"); });
try { microtasks(); } catch (error) { said.push(error.message); }
window.queueMicrotask(closure("third"));
microtasks();
console.log(said.join(", "));
"#;

#[test]
fn a_turn_in_the_middle_of_another_waits_and_a_broken_one_holds_up_none() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/public/turns.js");
    let output = Command::new("node").args(["-e", SCENE, "--", script]).output().expect("node: run scripts/toolchain");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(said.trim(), "first, first ends, second, second ends, trap, third, third ends");
}
