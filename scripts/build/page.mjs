// A page of the app from its source: reads the tags `<link data-trunk …>` as Trunk does, and writes what they ask for.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

// Comments and needless space; strings stay as they are.
export function slimCss(text) {
  return text.replace(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\/\*[^]*?\*\/|(\s+)/g, (all, string, space) => string ?? (space ? " " : ""))
    .split(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/)
    .map((part, index) => (index % 2 ? part : part.replace(/ *([{};,]) */g, "$1").replace(/: /g, ":").replace(/;}/g, "}")))
    .join("").trim() + "\n";
}

const slimScript = (text) => text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("//")).join("\n");

function tags(html) {
  return [...html.matchAll(/[ \t]*<link data-trunk([^>]*)>\n?/g)].map(([whole, text]) => ({
    whole, ...Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])),
  }));
}

// Writes a file under a name that carries its digest; answers its path.
export function asset(out, name, extension, bytes) {
  const path = `assets/${name}-${hash(bytes)}.${extension}`;
  mkdirSync(join(out, "assets"), { recursive: true });
  writeFileSync(join(out, path), bytes);
  return path;
}

// Builds one page; answers the paths of its files. `bundleOf(bin)` answers { script, wasm, chunks, snippets }.
export function page(root, out, name, { dev, connect, bundleOf }) {
  let html = readFileSync(join(root, name), "utf8");
  const head = [], files = [], sheets = [];
  let boot = "", values = {}, group = name.replace(".html", "");
  for (const tag of tags(html)) {
    html = html.replace(tag.whole, "");
    if (tag.rel === "rust") {
      const bin = tag["data-bin"];
      group = bin;
      let { script, wasm, chunks, snippets } = bundleOf(bin);
      for (const chunk of chunks) {
        const path = asset(out, `${bin}.${chunk.name}`, "wasm", chunk.wasm);
        script = script.replaceAll(`"./${chunk.name}.wasm"`, `"./${path.slice("assets/".length)}"`);
        files.push(path);
      }
      const code = asset(out, bin, "wasm", wasm), glue = asset(out, bin, "js", script);
      files.push(code, glue);
      if (snippets) {
        cpSync(snippets, join(out, "assets/snippets"), { recursive: true });
        for (const path of walk(snippets)) files.push(`assets/snippets/${path}`);
      }
      head.push(`<link rel="modulepreload" href="${glue}">`,
        `<link rel="preload" href="${code}" as="fetch" type="application/wasm" crossorigin>`);
      values = { script: `./${glue}`, wasm: `./${code}`, group };
    } else if (tag.rel === "css") {
      sheets.push(readFileSync(join(root, tag.href), "utf8"));
    } else if (tag.rel === "script") {
      boot += readFileSync(join(root, tag.href), "utf8");
    } else if (tag.rel === "copy-dir") {
      // The build script copies it for all pages at once.
    } else {
      throw new Error(`${name}: unknown tag rel="${tag.rel}"`);
    }
  }
  if (sheets.length) {
    const text = sheets.join("\n");
    const sheet = asset(out, group, "css", dev ? text : slimCss(text));
    files.push(sheet);
    head.unshift(`<link rel="stylesheet" href="${sheet}">`);
  }
  for (const [key, value] of Object.entries(values)) boot = boot.replaceAll(`{{${key}}}`, value);
  if (!dev) boot = slimScript(boot);
  const digest = createHash("sha256").update(boot).digest("base64");
  const policy = [
    "default-src 'none'", `script-src 'self' 'wasm-unsafe-eval' 'sha256-${digest}'`, "style-src 'self'",
    "img-src 'self' data: blob:", "media-src data:", ["connect-src 'self'", ...connect].join(" "), "manifest-src 'self'", "worker-src 'self'",
    "base-uri 'none'", "form-action 'none'",
    // The editor shows a plan in the page in which it will be answered.
    ...(name === "office.html" ? ["frame-src 'self'"] : []),
  ].join("; ");
  html = html.replace("{{policy}}", policy)
    .replace("  </head>", head.map((line) => `    ${line}\n`).join("") + "  </head>")
    .replace("  </body>", () => `    <script>${boot}</script>\n  </body>`);
  if (!dev) html = html.replace(/\n\s+/g, "\n");
  writeFileSync(join(out, name), html);
  return { group, files: [name, ...files] };
}

export function walk(folder, under = "") {
  if (!existsSync(folder)) return [];
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = under ? `${under}/${entry.name}` : entry.name;
    return entry.isDirectory() ? walk(folder, path) : [path];
  }).sort();
}
