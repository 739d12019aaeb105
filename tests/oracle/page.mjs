// What ODK's engine needs around it, loaded before it: one moment and time zone for every run, and a page, as it is written for one.
import { createRequire } from "node:module";

process.env.TZ = "Asia/Shanghai";
const NOW = Date.parse("2026-11-24T09:30:00.000+08:00");
Date.now = () => NOW;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) { super(...(given.length ? given : [NOW])); }
  static now() { return NOW; }
};

// The engine is written for a page: lend it one.
globalThis.require = createRequire(import.meta.url);
globalThis.__dirname = import.meta.dirname ?? ".";
const { JSDOM } = await import("jsdom");
const { window } = new JSDOM("");
for (const name of ["document", "DOMParser", "Element", "Document", "XMLDocument", "Node", "Text", "Comment", "Attr",
  "ProcessingInstruction", "XMLSerializer", "XPathResult", "XPathExpression"]) globalThis[name] = window[name];
