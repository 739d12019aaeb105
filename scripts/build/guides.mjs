// The guides (docs/guides/<language>/<name>.md) as pages of the app: plain HTML, no script, one style sheet.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Marked } from "marked";
import { asset, slimCss } from "./page.mjs";

// In the order in which people come to need them; the page of the app that each belongs to.
const GUIDES = [
  ["resident", "index.html"], ["canvasser", "field.html"], ["host", "office.html"], ["clerk", "office.html"], ["administrator", "office.html"],
  ["auditor", "office.html"], ["developer", "office.html"],
];
const LANGUAGES = { zh: { name: "中文", back: "返回", all: "指南" }, en: { name: "English", back: "Back to the app", all: "Guides" } };
// Canvassers keep these on the tablet; the office keeps all.
const IN_THE_FIELD = ["resident", "canvasser"];

const escape = (text) => text.replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);

// `picture(path)` answers the address of a picture that the text names relative to itself.
function render(text, picture) {
  const marked = new Marked({
    renderer: {
      // A file of the repository is not in the app: its name stays.
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        return /^https:\/\//.test(href) ? `<a href="${escape(href)}" rel="noopener">${words}</a>` : words;
      },
      image: ({ href, text }) => `<img src="${escape(picture(href))}" alt="${escape(text)}" loading="lazy">`,
      // Our own texts, but a mistake in them must not become markup.
      html: ({ text }) => escape(text),
      table({ header, rows }) {
        const cell = (tag) => ({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
        const body = rows.map((row) => `<tr>${row.map(cell("td")).join("")}</tr>`).join("\n");
        const label = escape(header.map(({ text }) => text).filter(Boolean).join(" · "));
        return `<div class="frame" tabindex="0" role="region" aria-label="${label}"><table><thead><tr>${header.map(cell("th")).join("")}</tr></thead><tbody>${body}</tbody></table></div>\n`;
      },
    },
  });
  return marked.parse(text);
}

// Writes the pages; answers the paths that canvassers keep, and all.
export function guides(root, out, { dev }) {
  const sheet = ["tokens", "guide"].map((name) => readFileSync(join(root, `style/${name}.css`), "utf8")).join("\n");
  const style = asset(out, "guide", "css", dev ? sheet : slimCss(sheet));
  const titles = {};
  const text = (language, name) => readFileSync(join(root, "docs/guides", language, `${name}.md`), "utf8");
  for (const language of Object.keys(LANGUAGES)) {
    const there = readdirSync(join(root, "docs/guides", language)).map((file) => file.replace(/\.md$/, "")).sort().join();
    if (there !== GUIDES.map(([name]) => name).sort().join()) throw new Error(`docs/guides/${language}: has ${there}; each language has every guide`);
    titles[language] = Object.fromEntries(GUIDES.map(([name]) => [name, /^# (.+)$/m.exec(text(language, name))[1]]));
  }
  const field = [style], all = [style];
  const keep = (path, name) => {
    if (!all.includes(path)) all.push(path);
    if (IN_THE_FIELD.includes(name) && !field.includes(path)) field.push(path);
    return path;
  };
  for (const [language, words] of Object.entries(LANGUAGES)) {
    mkdirSync(join(out, "guides", language), { recursive: true });
    for (const [name, home] of GUIDES) {
      const others = GUIDES.map(([other]) => {
        const here = other === name ? ' aria-current="page"' : "";
        return `<li><a href="${other}.html"${here}>${escape(titles[language][other])}</a></li>`;
      });
      const tongues = Object.entries(LANGUAGES).filter(([other]) => other !== language)
        .map(([other, { name: called }]) => `<a href="../${other}/${name}.html" lang="${other}" hreflang="${other}">${called}</a>`);
      const picture = (href) => {
        const file = join(root, "docs/guides", language, href);
        return `../../${keep(asset(out, basename(file, ".webp"), "webp", readFileSync(file)), name)}`;
      };
      const page = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escape(titles[language][name])} · 民评 Minping</title>
<link rel="icon" href="../../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="../../${style}">
</head>
<body>
<header class="screen"><a href="../../${home}">${words.back}</a> ${tongues.join(" ")}</header>
<main>
${render(text(language, name), picture)}</main>
<nav class="screen" aria-label="${words.all}"><h2>${words.all}</h2><ul>${others.join("")}</ul></nav>
</body>
</html>
`;
      const path = keep(`guides/${language}/${name}.html`, name);
      writeFileSync(join(out, path), page);
    }
  }
  return { field, all };
}
