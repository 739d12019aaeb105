// The service worker: keeps the whole app and its plans on the device, so that it opens with no network.
//
// It promises: a version is used only when every file of it arrived whole (each is checked against the digest that the
// build wrote into the list below), a new version waits until no page of the old one is open, or until the only open
// page asks for it, and the old version's files stay as long as a page may need them. It refuses: `api/`, other
// origins, anything but GET.
"use strict";

// Written by the build: { version, groups: { answer: { path: sha256 }, field: {…}, office: {…} } }
const RELEASE = "{{release}}";

const BASE = new URL("./", self.location);
const PREFIX = `minping:${BASE.pathname}:`;
const CURRENT = PREFIX + RELEASE.version;
const PLANS = `${PREFIX}plans`;
const INDEX = "plans/index.json";
// More plans than this are fetched when they are opened, not ahead.
const PLANS_AHEAD = 24;
const TYPES = {
  html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8",
  wasm: "application/wasm", json: "application/json", svg: "image/svg+xml", png: "image/png", webp: "image/webp",
  webmanifest: "application/manifest+json",
};

const pathOf = (url) => (url.origin === BASE.origin && url.pathname.startsWith(BASE.pathname)
  ? decodeURIComponent(url.pathname.slice(BASE.pathname.length)) : null);
const urlOf = (path) => new URL(path, BASE).href;
const digestOf = (path) => Object.values(RELEASE.groups).map((files) => files[path]).find(Boolean);

// As digests are written everywhere in Minping: base64url without padding.
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// A fresh answer: one that was redirected on its way may not answer a navigation.
function answer(path, bytes) {
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] || "application/octet-stream";
  return new Response(bytes, { headers: { "content-type": type, "content-length": String(bytes.byteLength) } });
}

// Fetches one file of the release and checks its bytes.
async function fetchWhole(path, digest) {
  // Hashed files may come from the browser's cache; a name that stays the same is asked for again.
  const response = await fetch(urlOf(path), { cache: path.startsWith("assets/") ? "default" : "no-cache" });
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  const bytes = await response.arrayBuffer();
  if ((await sha256(bytes)) === digest) return answer(path, bytes);
  // What the browser kept may be an earlier bad answer: once more, past its cache.
  const again = await fetch(urlOf(path), { cache: "reload" });
  const fresh = await again.arrayBuffer();
  if (!again.ok || (await sha256(fresh)) !== digest) throw new Error(`${path}: not the bytes of this release`);
  return answer(path, fresh);
}

async function keepGroup(group) {
  const files = RELEASE.groups[group];
  if (!files) return;
  const cache = await caches.open(CURRENT);
  const have = new Set((await cache.keys()).map((request) => request.url));
  await Promise.all(Object.entries(files).map(async ([path, digest]) => {
    if (!have.has(urlOf(path))) await cache.put(urlOf(path), await fetchWhole(path, digest));
  }));
}

async function otherCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CURRENT && name !== PLANS);
}

// A guide is read by anybody, and is no sign that the group is used here.
const pagesOf = (group) => Object.keys(RELEASE.groups[group]).filter((path) => /^[^/]+\.html$/.test(path));

// Whether a page of this group is open: at the first visit it is what the person came for.
async function isOpen(group) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.some((page) => pagesOf(group).includes(pathOf(new URL(page.url))));
}

// Whether an earlier version keeps this group on the device: then the new one keeps it too.
async function wasKept(group) {
  for (const name of await otherCaches()) {
    const cache = await caches.open(name);
    for (const page of pagesOf(group)) if (await cache.match(urlOf(page))) return true;
  }
  return false;
}

// Plans ---------------------------------------------------------------------------------------------------------------

// Keeps a plan when its bytes are those that its name promises (`<id>.<first ten characters of the digest>.json`).
async function keepPlan(path, response) {
  const named = /\.([A-Za-z0-9_-]{10})\.json$/.exec(path);
  const bytes = await response.arrayBuffer();
  if (!named || !(await sha256(bytes)).startsWith(named[1])) return null;
  const whole = answer(path, bytes);
  await (await caches.open(PLANS)).put(urlOf(path), whole.clone());
  return whole;
}

// Fetches the list of plans and the plans that are new; what cannot be had now is had later.
async function refreshPlans() {
  const response = await fetch(urlOf(INDEX), { cache: "no-cache" });
  if (!response.ok) return response;
  const bytes = await response.arrayBuffer();
  let listed;
  try { listed = JSON.parse(new TextDecoder().decode(bytes)).plans.map((plan) => `plans/${plan.file.replace(/^plans\//, "")}`); }
  catch (error) { return answer(INDEX, bytes); }
  const cache = await caches.open(PLANS);
  await cache.put(urlOf(INDEX), answer(INDEX, bytes));
  await Promise.all(listed.slice(0, PLANS_AHEAD).map(async (path) => {
    if (await cache.match(urlOf(path))) return;
    try {
      const plan = await fetch(urlOf(path));
      if (plan.ok) await keepPlan(path, plan);
    } catch (error) { /* the network went away: next time */ }
  }));
  return answer(INDEX, bytes);
}

async function planIndex(event) {
  const kept = await (await caches.open(PLANS)).match(urlOf(INDEX));
  const fresh = refreshPlans();
  event.waitUntil(fresh.catch(() => {}));
  if (!kept) return fresh;
  // A network that hangs must not hold the app up when the device knows an answer.
  const late = new Promise((resolve) => setTimeout(resolve, 3000));
  const first = await Promise.race([fresh.catch(() => null), late]);
  return first && first.ok ? first : kept;
}

async function plan(path, request) {
  const kept = await (await caches.open(PLANS)).match(urlOf(path));
  if (kept) return kept;
  const response = await fetch(request);
  if (!response.ok) return response;
  const copy = response.clone();
  return (await keepPlan(path, response)) || copy;
}

// Life ----------------------------------------------------------------------------------------------------------------

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    try {
      await keepGroup("answer");
      for (const group of Object.keys(RELEASE.groups)) {
        if (group !== "answer" && ((await isOpen(group)) || (await wasKept(group)))) await keepGroup(group);
      }
    } catch (error) {
      await caches.delete(CURRENT); // a version is whole or not there
      throw error;
    }
    await refreshPlans().catch(() => {});
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    await sweep([]);
    await self.clients.claim();
  })());
});

// Removes earlier versions when no page but those named can be using them. Not while a later one waits or arrives: its
// files are none of ours either.
async function sweep(leaving) {
  const { waiting, installing } = self.registration;
  if (waiting || installing) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some((page) => !leaving.includes(page.id))) return;
  await Promise.all((await otherCaches()).map((name) => caches.delete(name)));
}

self.addEventListener("message", (event) => {
  const message = event.data || {};
  if (message.type === "keep") {
    event.waitUntil((async () => {
      await keepGroup(message.group).catch(() => {});
      // A page that runs this release needs no earlier one, whatever it was when it was opened.
      const script = String(message.script).replace(/^\.\//, "");
      if (event.source && digestOf(script)) await sweep([event.source.id]);
    })());
  } else if (message.type === "activate") {
    // The page says that no interview is open in it; another page may have one, so only the last page may ask.
    event.waitUntil((async () => {
      const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      const alone = pages.every((page) => event.source && page.id === event.source.id);
      if (event.ports[0]) event.ports[0].postMessage({ type: alone ? "activating" : "busy" });
      if (alone) await self.skipWaiting();
    })());
  } else if (message.type === "version" && event.ports[0]) {
    event.ports[0].postMessage({ type: "version", version: RELEASE.version });
  }
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const path = pathOf(new URL(request.url));
  if (path === null || path.startsWith("api/") || path === "sw.js") return;
  if (path === INDEX) return event.respondWith(planIndex(event));
  if (/^plans\/[^/]+\.json$/.test(path)) return event.respondWith(plan(path, request));
  if (request.mode === "navigate") {
    const page = path === "" ? "index.html" : path;
    if (digestOf(page)) event.respondWith(navigate(event, page));
    return;
  }
  if (digestOf(path) || path.startsWith("assets/")) event.respondWith(file(path, request));
});

async function navigate(event, page) {
  const kept = await (await caches.open(CURRENT)).match(urlOf(page));
  event.waitUntil(sweep([event.clientId, event.resultingClientId, event.replacesClientId]));
  return kept || fetch(event.request);
}

// This version's file, or for a page of an earlier version that version's.
async function file(path, request) {
  const current = await (await caches.open(CURRENT)).match(urlOf(path));
  if (current) return current;
  for (const name of await otherCaches()) {
    const earlier = await (await caches.open(name)).match(urlOf(path));
    if (earlier) return earlier;
  }
  return fetch(request);
}
