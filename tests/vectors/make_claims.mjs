// Makes claim-*.json, certificate-*.json and record-notes.json in tests/vectors/batch/ with other people's code (npm `jose`):
//     node tests/vectors/make_claims.mjs
// Keys are new each time, so every text changes and no outcome does.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { CompactSign, GeneralEncrypt, calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";

const folder = new URL("batch/", import.meta.url);
const bytes = (value) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const digest = (text) => createHash("sha256").update(text).digest("base64url");

const key = async (alg) => {
  const pair = await generateKeyPair(alg, { crv: "P-256", extractable: true });
  const { kty, crv, x, y } = await exportJWK(pair.publicKey);
  return { ...pair, public: { kty, crv, x, y } };
};
const device = await key("ES256");
const sign = (typ, payload, by = device, shown = device) =>
  new CompactSign(bytes(payload)).setProtectedHeader({ alg: "ES256", typ, jwk: shown.public }).sign(by.privateKey);
const write = (operation, name, text, expect, about, more = {}) => {
  const vector = { about, operation, text, expect, ...more };
  writeFileSync(new URL(`${operation}-${name}.json`, folder), `${JSON.stringify(vector, null, 2)}\n`);
};
const flip = (text, at) => `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;

const plan = { id: "county", version: "2024.1", digest: digest("plan") };
const stranger = await key("ES256");

const CLAIM = { v: 1, plan, case: digest("minping-claim/county/2024-2/E-001"), minutes: 10 };
const claims = async (name, payload, expect, about, typ = "minping-claim+jws", by = device) =>
  write("claim", name, await sign(typ, payload, by), expect, about);
await claims("good", CLAIM, "accepted", "ten minutes");
await claims("release", { ...CLAIM, minutes: 0 }, "accepted", "a case given back");
await claims("longest", { ...CLAIM, minutes: 30 }, "accepted", "thirty minutes");
await claims("too-long", { ...CLAIM, minutes: 31 }, "bad content", "more than thirty minutes");
await claims("no-digest", { ...CLAIM, case: "E-001" }, "bad content", "the case by its id");
await claims("name", { ...CLAIM, name: "12 East Street" }, "bad content", "a member that there is not");
await claims("version-2", { ...CLAIM, v: 2 }, "bad content", "a later version");
await claims("typ-card", CLAIM, "wrong kind", "signed as a card", "minping-card+jws");
await claims("by-another", CLAIM, "bad signature", "another key than the one presented", "minping-claim+jws", stranger);
const claim = await sign("minping-claim+jws", CLAIM);
write("claim", "changed", flip(claim, claim.indexOf(".") + 12), "bad signature", "one letter changed");

const CERTIFICATE = { v: 1, course: "canvasser-1", name: "王小明", on: "2026-11-30", right: 11, of: 12 };
const certificates = async (name, payload, expect, about, typ = "minping-certificate+jws", by = device) =>
  write("certificate", name, await sign(typ, payload, by), expect, about);
await certificates("good", CERTIFICATE, "accepted", "eleven of twelve");
await certificates("no-name", { ...CERTIFICATE, name: " " }, "bad content", "nobody's name");
await certificates("line-break", { ...CERTIFICATE, name: "a\nb" }, "bad content", "a name that would break a table");
await certificates("long-name", { ...CERTIFICATE, name: "x".repeat(101) }, "bad content", "a name of 101 bytes");
await certificates("no-day", { ...CERTIFICATE, on: "2026-02-30" }, "bad content", "a day that there is not");
await certificates("too-many", { ...CERTIFICATE, right: 13 }, "bad content", "more right answers than questions");
await certificates("version-2", { ...CERTIFICATE, v: 2 }, "bad content", "a later version");
await certificates("typ-card", CERTIFICATE, "wrong kind", "signed as a card", "minping-card+jws");
await certificates("by-another", CERTIFICATE, "bad signature", "another key than the one presented", undefined, stranger);

const office = await key("ECDH-ES+A256KW");
// A second key: with one alone `jose` writes `epk` into the protected header.
const second = await key("ECDH-ES+A256KW");
const record = {
  v: 1, id: digest("notes").slice(0, 22), plan, round: "2024-2", questionnaire: "main", mode: "phone",
  disposition: "complete", answers: { q1: "satisfied" }, missing: { q4: "refused" }, notes: { q4: "asked what it is for" },
};
let plain = JSON.stringify(record);
plain += " ".repeat((512 - (plain.length % 512)) % 512);
const sealed = await new GeneralEncrypt(bytes(plain))
  .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", typ: "minping-record+jwe" })
  .addRecipient(office.publicKey)
  .setUnprotectedHeader({ kid: await calculateJwkThumbprint(office.public) })
  .addRecipient(second.publicKey)
  .setUnprotectedHeader({ kid: await calculateJwkThumbprint(second.public) })
  .encrypt();
const { kty, crv, x, y, d } = await exportJWK(office.privateKey);
write("record", "notes", JSON.stringify(sealed), "opened", "a refusal with the interviewer's note", {
  key: { kty, crv, x, y, d },
  content: record,
});
