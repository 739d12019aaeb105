// Very large questionnaires, and for each a hand-written page that asks the same: the practical limit.

const say = (zh) => ({ zh });
const CHOICES = [["good", "满意"], ["fair", "一般"], ["bad", "不满意"]].map(([name, label]) => ({ name, label: say(label) }));
const one = (name, label, more) => ({ type: "select_one", name, label: say(label), choices: "grades", ...more });
const range = (count) => [...Array(count).keys()];

function plan(id, title, items, more) {
  return {
    format: 1, id, version: "1", languages: ["zh"], title: say(title), asker: say("测评办"), purpose: say("量一量快慢"),
    privacy: { notice: say("不记名"), anonymous: true }, rounds: [{ id: "r", label: say("一轮") }],
    units: [{ id: "u", label: say("单位") }], scales: [], indicators: [], modes: ["web"],
    choice_lists: [{ id: "grades", choices: CHOICES }],
    questionnaires: [{ id: "q", title: say(title), items }], ...more,
  };
}

// Every question has an answer from the start, so that the draft is as long as it gets.
const question = (at) => one(`q${at}`, `第${at + 1}问：您对这项工作满意吗？`, { default: "'fair'" });
const SECTIONS = 100, EACH = 30, ALL = SECTIONS * EACH, CONDITIONS = 500, INSTANCES = 300, UNITS = 60, INDICATORS = 8, LIST = 50_000;

const called = (unit) => `第${unit + 1}单位`, measured = (at) => `指标${at + 1}`;
const village = (at) => `柳河镇第${at}号村`;

export const plans = {
  "large-sections": () => plan("large-sections", "三千问，一百页", range(SECTIONS).map((section) => ({
    type: "group", name: `s${section}`, label: say(`第${section + 1}页`), items: range(EACH).map((at) => question(section * EACH + at)),
  }))),
  "large-page": () => plan("large-page", "三千问，一页", range(ALL).map(question)),
  "large-conditions": () => plan("large-conditions", "五百个条件", range(CONDITIONS).flatMap((at) => [
    question(at), { type: "text", name: `why${at}`, label: say("为什么不满意？"), relevant: `\${q${at}} = 'bad'` },
  ])),
  "large-repeat": () => plan("large-repeat", "三百人", [{ type: "group", name: "home", label: say("家里"), items: [
    { type: "integer", name: "count", label: say("家里有几口人？"), default: String(INSTANCES) },
    { type: "repeat", name: "member", label: say("家人"), repeat_count: "${count}", items: [
      one("feels", "他满意吗？", { default: "'fair'" }), { type: "text", name: "why", label: say("为什么不满意？"), relevant: "${feels} = 'bad'" },
      { type: "text", name: "called", label: say("怎么称呼？") },
    ] },
  ] }]),
  "large-matrix": () => plan("large-matrix", "六十个单位", [
    { type: "grade_matrix", name: "m", label: say("请评价"), scale: "s" },
  ], {
    units: range(UNITS).map((at) => ({ id: `u${at}`, label: say(called(at)) })),
    indicators: range(INDICATORS).map((at) => ({ id: `i${at}`, label: say(measured(at)), weight: 1 / INDICATORS })),
    scales: [{ id: "s", grades: CHOICES.map((choice, at) => ({ ...choice, score: 100 - 50 * at, satisfied: at === 0 })) }],
  }),
  "large-list": () => plan("large-list", "五万个村", [
    { type: "select_one", name: "village", label: say("您住哪个村？"), choices: "villages", appearance: "autocomplete" },
  ], { choice_lists: [{ id: "villages", choices: range(LIST).map((at) => ({ name: `v${at}`, label: say(village(at)) })) }] }),
};

const radios = (name) => CHOICES.map((choice) =>
  `<label class="option"><input type="radio" name="${name}" value="${choice.name}"${choice.name === "fair" ? " checked" : ""}> ${choice.label.zh}</label>`).join("");
const asked = (name, label) => `<fieldset><legend>${label}</legend>${radios(name)}</fieldset>`;
const why = (name) => `<p hidden><label>为什么不满意？<br><input name="${name}"></label></p>`;
const member = (at) => `<section><h2>家人 ${at + 1}</h2>${asked(`feels${at}`, "他满意吗？")}${why(`why${at}`)}<p><label>怎么称呼？<br><input name="called${at}"></label></p></section>`;
const follow = `addEventListener("change", ({ target }) => { const p = target.closest("fieldset")?.nextElementSibling; if (p?.matches("p:has(input)")) p.hidden = target.value !== "bad"; });`;

const bodies = {
  "large-sections": () => [range(SECTIONS).map((section) => `<section${section ? " hidden" : ""}><h2>第${section + 1}页</h2>${range(EACH).map((at) =>
    asked(`q${section * EACH + at}`, `第${section * EACH + at + 1}问：您对这项工作满意吗？`)).join("")}</section>`).join("") + `<button type="button" class="next">下一页</button>`,
  `let at = 0; document.querySelector(".next").onclick = () => { const all = document.querySelectorAll("section"); all[at++].hidden = true; all[at].hidden = false; scrollTo(0, 0); };`],
  "large-page": () => [range(ALL).map((at) => asked(`q${at}`, `第${at + 1}问：您对这项工作满意吗？`)).join(""), ""],
  "large-conditions": () => [range(CONDITIONS).map((at) => asked(`q${at}`, `第${at + 1}问：您对这项工作满意吗？`) + why(`why${at}`)).join(""), follow],
  "large-repeat": () => [`<p><label>家里有几口人？<br><input class="count" value="${INSTANCES}"></label></p><div>${range(INSTANCES).map(member).join("")}</div>`,
    `${follow} const member = ${member}; const asked = ${asked}; const why = ${why}; const CHOICES = ${JSON.stringify(CHOICES)}; const radios = ${radios};
     document.querySelector(".count").oninput = ({ target }) => { const all = document.querySelector("div"); const count = Number(target.value);
       while (all.children.length > count) all.lastElementChild.remove(); while (all.children.length < count) all.insertAdjacentHTML("beforeend", member(all.children.length)); };`],
  "large-matrix": () => [`<table>${range(UNITS).map((unit) => `<tbody>${range(INDICATORS).map((at) => `<tr>${at ? "" : `<th rowspan="${INDICATORS}">${called(unit)}</th>`}<th>${measured(at)}</th>${
    CHOICES.map((choice) => `<td><label class="option"><input type="radio" name="m.${unit}.${at}" value="${choice.name}"> ${choice.label.zh}</label></td>`).join("")}</tr>`).join("")}</tbody>`).join("")}</table>`, ""],
  "large-list": () => [`<p><label>您住哪个村？<br><input class="find"></label></p><div class="list" hidden style="height:18rem;overflow:auto;position:relative"><div></div></div>`,
    `const labels = ${JSON.stringify(range(LIST).map(village))}; const find = document.querySelector(".find"), list = document.querySelector(".list"), space = list.firstChild;
     let hits = labels; const draw = () => { space.style.height = hits.length * 48 + "px"; space.replaceChildren(); const from = Math.floor(list.scrollTop / 48);
       for (const [at, label] of hits.slice(from, from + 8).entries()) { const row = document.createElement("div"); row.textContent = label; row.style.cssText = "position:absolute;top:" + (from + at) * 48 + "px"; space.append(row); } };
     const show = () => { list.hidden = false; hits = labels.filter((label) => label.includes(find.value)); list.scrollTop = 0; draw(); };
     find.onclick = show; find.oninput = show; list.onscroll = draw;`],
};

export function largePage({ id, title }) {
  const [body, script] = bodies[id]?.() ?? [];
  if (!body) return null;
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title.zh}</title><style>body{font:18px/1.5 sans-serif;max-width:58rem;margin:auto;padding:1rem}
.option{display:block;padding:.6rem;min-height:48px}fieldset{margin:1rem 0;border:1px solid #888}</style></head>
<body><main><h1>${title.zh}</h1><form>${body}</form></main><script>${script}</script></body></html>`;
}
