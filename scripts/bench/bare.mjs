// The practical limit: a hand-written page that asks what the plan asks, with no script at all.

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

export function barePage(plan) {
  const say = (text) => escape(text?.zh ?? Object.values(text ?? {})[0] ?? "");
  const answers = (id) => {
    const scale = plan.scales.find((scale) => scale.id === id);
    return [...scale.grades, ...(scale.missing ?? [])];
  };
  const radios = (name, options) => options.map((option) =>
    `<label class="option"><input type="radio" name="${escape(name)}" value="${escape(option.name)}"> ${say(option.label)}</label>`).join("");
  const item = (it) => {
    const label = `<legend>${say(it.label)}</legend>`;
    switch (it.type) {
      case "group": return `<h2>${say(it.label)}</h2>${(it.items ?? []).map(item).join("")}`;
      case "note": return `<p>${say(it.label)}</p>`;
      case "grade": return `<fieldset>${label}${radios(it.name, answers(it.scale))}</fieldset>`;
      case "select_one": return `<fieldset>${label}${radios(it.name, plan.choice_lists.find((list) => list.id === it.choices).choices)}</fieldset>`;
      case "select_multiple": return `<fieldset>${label}${radios(it.name, plan.choice_lists.find((list) => list.id === it.choices).choices).replaceAll('"radio"', '"checkbox"')}</fieldset>`;
      case "grade_matrix": {
        const units = plan.units.filter((unit) => !it.unit_group || unit.group === it.unit_group);
        const indicators = it.indicators ? plan.indicators.filter((i) => it.indicators.includes(i.id)) : plan.indicators;
        return `<section>${label.replaceAll("legend", "h2")}${units.map((unit) => `<h3>${say(unit.label)}</h3>${indicators.map((indicator) =>
          `<fieldset><legend>${say(indicator.label)}</legend>${radios(`${it.name}.${unit.id}.${indicator.id}`, answers(it.scale))}</fieldset>`).join("")}`).join("")}</section>`;
      }
      default: return `<p><label>${say(it.label)}<br><textarea name="${escape(it.name)}"></textarea></label></p>`;
    }
  };
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${say(plan.title)}</title><style>body{font:18px/1.5 sans-serif;max-width:40rem;margin:auto;padding:1rem}
.option{display:block;padding:.6rem;min-height:48px}fieldset{margin:1rem 0;border:1px solid #888}</style></head>
<body><main><h1>${say(plan.title)}</h1><p>${say(plan.asker)}</p><p>${say(plan.purpose)}</p><form>${plan.questionnaires[0].items.map(item).join("")}
<button>提交</button></form></main></body></html>`;
}
