//! Repeats as ODK's own engine has them: after every step the same instances, the same questions, values and choices.
#![cfg(feature = "cli")]

use minping::expression::Plain;
use minping::plan::{Digest, ItemType, Mode, Plan};
use minping::session::{Answer, Event, Opening, PlanRef, Session};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;

type State = BTreeMap<String, (bool, String, Option<Vec<String>>)>;

/// The form, as an XForm. `FORM` in tests is the same as a plan.
const XFORM: &str = r#"<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>t</h:title><model>
<instance><data id="t"><village/><kind/><household jr:template=""><called/><age/><school/><line/><pick/>
  <child jr:template=""><pet/><path/></child><child><pet/><path/></child></household>
  <household><called/><age/><school/><line/><pick/><child><pet/><path/></child></household>
  <times/><visit jr:template=""><goal/></visit>
  <people/><all/><second/><old/><pets/><goals/></data></instance>
<instance id="things"><root>
  <item><name>x</name><label>x</label><of>a</of><least>0</least></item>
  <item><name>y</name><label>y</label><of>a</of><least>20</least></item>
  <item><name>z</name><label>z</label><of>b</of><least>0</least></item></root></instance>
<bind nodeset="/data/village" type="string"/><bind nodeset="/data/kind" type="string"/>
<bind nodeset="/data/household/called" type="string"/><bind nodeset="/data/household/age" type="int"/>
<bind nodeset="/data/household/school" type="string" relevant=" ../age &lt; 18"/>
<bind nodeset="/data/household/line" type="string" calculate="concat(position(..), ': ', ../called, ' of ', /data/village, ' ', count(/data/household))"/>
<bind nodeset="/data/household/pick" type="string"/>
<bind nodeset="/data/household/child/pet" type="string" relevant=" ../../age &gt; 10"/>
<bind nodeset="/data/household/child/path" type="string" calculate="concat(../../called, position(..), ../pet)"/>
<bind nodeset="/data/times" type="int"/><bind nodeset="/data/visit/goal" type="string"/>
<bind nodeset="/data/people" type="string" calculate="count(/data/household)"/>
<bind nodeset="/data/all" type="string" calculate="join(',', /data/household/called)"/>
<bind nodeset="/data/second" type="string" calculate="indexed-repeat(/data/household/called, /data/household, 2)"/>
<bind nodeset="/data/old" type="string" calculate="join(',', /data/household[age &gt; 60]/called)"/>
<bind nodeset="/data/pets" type="string" calculate="join(',', /data/household/child/pet)"/>
<bind nodeset="/data/goals" type="string" calculate="join(',', /data/visit/goal)"/>
</model></h:head><h:body>
<input ref="/data/village"><label>v</label></input><input ref="/data/kind"><label>k</label></input>
<group ref="/data/household"><label>h</label><repeat nodeset="/data/household">
  <input ref="/data/household/called"><label>c</label></input><input ref="/data/household/age"><label>a</label></input>
  <input ref="/data/household/school"><label>s</label></input>
  <select1 ref="/data/household/pick"><label>p</label>
    <itemset nodeset="instance('things')/root/item[of = /data/kind and least &lt;= current()/../age]"><value ref="name"/><label ref="label"/></itemset></select1>
  <group ref="/data/household/child"><label>c</label><repeat nodeset="/data/household/child">
    <input ref="/data/household/child/pet"><label>p</label></input></repeat></group>
</repeat></group>
<input ref="/data/times"><label>t</label></input>
<group ref="/data/visit"><label>v</label><repeat nodeset="/data/visit" jr:count="/data/times"><input ref="/data/visit/goal"><label>g</label></input></repeat></group>
</h:body></h:html>"#;

fn plan() -> Plan {
    let text = |text: &str| json!({ "en": text });
    let item = |kind: &str, name: &str, more: Value| {
        let mut item = json!({ "type": kind, "name": name, "label": { "en": name } });
        more.as_object().into_iter().flatten().for_each(|(member, value)| item[member] = value.clone());
        item
    };
    let thing = |name: &str, of: &str, least: &str| json!({ "name": name, "label": { "en": name }, "columns": { "of": of, "least": least } });
    let plan = json!({
        "format": 1, "id": "t", "version": "1", "languages": ["en"],
        "title": text("t"), "asker": text("a"), "purpose": text("p"),
        "privacy": { "notice": text("n"), "anonymous": true },
        "rounds": [{ "id": "r", "label": text("r") }], "units": [{ "id": "u", "label": text("u") }],
        "scales": [], "indicators": [], "modes": ["face"],
        "choice_lists": [{ "id": "things", "choices": [thing("x", "a", "0"), thing("y", "a", "20"), thing("z", "b", "0")] }],
        "questionnaires": [{ "id": "q", "title": text("q"), "items": [
            item("text", "village", json!({})),
            item("text", "kind", json!({})),
            item("repeat", "household", json!({ "items": [
                item("text", "called", json!({})),
                item("integer", "age", json!({})),
                item("text", "school", json!({ "relevant": "${age} < 18" })),
                item("calculate", "line", json!({ "calculation": "concat(position(..), ': ', ${called}, ' of ', ${village}, ' ', count(${household}))" })),
                item("select_one", "pick", json!({ "choices": "things", "choice_filter": "of = ${kind} and least <= ${age}" })),
                item("repeat", "child", json!({ "items": [
                    item("text", "pet", json!({ "relevant": "${age} > 10" })),
                    item("calculate", "path", json!({ "calculation": "concat(${called}, position(..), ${pet})" })),
                ] })),
            ] })),
            item("integer", "times", json!({})),
            item("repeat", "visit", json!({ "repeat_count": "${times}", "items": [item("text", "goal", json!({}))] })),
            item("calculate", "people", json!({ "calculation": "count(${household})" })),
            item("calculate", "all", json!({ "calculation": "join(',', ${called})" })),
            item("calculate", "second", json!({ "calculation": "indexed-repeat(${called}, ${household}, 2)" })),
            item("calculate", "old", json!({ "calculation": "join(',', ${household}[age > 60]/called)" })),
            item("calculate", "pets", json!({ "calculation": "join(',', ${pet})" })),
            item("calculate", "goals", json!({ "calculation": "join(',', ${goal})" })),
        ] }]
    });
    Plan::parse(&plan.to_string()).expect("the plan has its shape")
}

fn turns() -> Vec<Value> {
    [
        json!(["set", "village", "V"]),
        json!(["set", "kind", "a"]),
        json!(["set", "household[1]/called", "A"]),
        json!(["set", "household[1]/age", "12"]),
        json!(["set", "household[1]/pick", "x"]),
        json!(["add", "household"]),
        json!(["set", "household[2]/called", "B"]),
        json!(["set", "household[2]/age", "70"]),
        json!(["set", "household[2]/pick", "y"]),
        json!(["set", "household[1]/child[1]/pet", "cat"]),
        json!(["add", "household[1]/child"]),
        json!(["set", "household[1]/child[2]/pet", "dog"]),
        json!(["set", "household[1]/age", "9"]),
        json!(["set", "household[1]/age", "11"]),
        json!(["add", "household"]),
        json!(["set", "household[3]/called", "C"]),
        json!(["set", "times", "2"]),
        json!(["set", "visit[2]/goal", "tax"]),
        json!(["set", "village", "W"]),
        json!(["remove", "household", 2]),
        json!(["remove", "household[1]/child", 1]),
        json!(["set", "household[2]/called", "CC"]),
        json!(["set", "times", "3"]),
        json!(["remove", "household", 1]),
        json!(["remove", "household", 1]),
        json!(["add", "household"]),
    ]
    .to_vec()
}

/// What the session shows: irrelevant questions have no value to others, as in ODK.
fn state(session: &Session) -> State {
    let mut state = State::new();
    for at in (0..session.len()).filter(|&at| !session.item(at).kind.is_group()) {
        let shown = session.is_relevant(at);
        let value = match session.answer(at).filter(|_| shown) {
            Some(Answer::Text(text)) => text.clone(),
            Some(Answer::Integer(number)) => number.to_string(),
            _ => String::new(),
        };
        let list = session.item(at).choices.as_deref().and_then(|id| session.plan().choice_list(id));
        let offered =
            list.map(|list| session.choices(at).into_iter().map(|row| list.choices[row].name.clone()).collect());
        state.insert(session.key(at), (shown, value, offered));
    }
    state
}

fn tell(session: &mut Session, turn: &Value) {
    let text = |at: usize| turn[at].as_str().expect("a text").to_owned();
    let event = match text(0).as_str() {
        "add" => Event::Added { repeat: text(1) },
        "remove" => Event::Removed { instance: format!("{}[{}]", text(1), turn[2]) },
        _ => {
            let number = session.index(&text(1)).is_some_and(|at| session.item(at).kind == ItemType::Integer);
            let value =
                if number { Answer::Integer(text(2).parse().expect("a number")) } else { Answer::Text(text(2)) };
            Event::Answered { item: text(1), value }
        }
    };
    session.apply(event).unwrap_or_else(|refusal| panic!("{turn}: {refusal:?}"));
}

#[test]
fn after_every_step_a_repeat_is_as_in_odk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("node_modules/@getodk/xforms-engine").exists() {
        assert!(std::env::var_os("CI").is_none(), "`npm ci` brings ODK's engine");
        return eprintln!("SKIPPED: ODK's engine is not here; `npm ci` brings it");
    }
    let turns = turns();
    let mut node = Command::new("node")
        .arg(root.join("tests/oracle/repeats.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let given = json!({ "xml": XFORM, "turns": turns }).to_string();
    node.stdin.take().expect("its input").write_all(given.as_bytes()).expect("it reads");
    let output = node.wait_with_output().expect("it ends");
    assert!(output.status.success(), "ODK's engine takes the form and every turn");
    let theirs: Vec<State> = serde_json::from_slice(&output.stdout).expect("states");
    let opening = Opening {
        plan: PlanRef { id: "t".into(), version: "1".into(), digest: Digest("A".repeat(43)) },
        round: "r".into(),
        questionnaire: "q".into(),
        mode: Mode::Face,
        rater_group: None,
        stratum: None,
        link: None,
        full: Vec::new(),
    };
    let mut session = Session::begin(Rc::new(plan()), opening, "A".repeat(22), "en", &Plain).expect("it can begin");
    assert_eq!(theirs.len(), turns.len() + 1);
    assert_eq!(state(&session), theirs[0], "at the beginning");
    for (turn, theirs) in turns.iter().zip(&theirs[1..]) {
        tell(&mut session, turn);
        assert_eq!(state(&session), *theirs, "after {turn}");
    }
}
