"""Makes tests/vectors/batch/*.json with other people's code (Python `cryptography` and `jwcrypto`).

Run it when the format changes: `jwcrypto-python tests/vectors/make_batch.py`. Keys are fresh each time, so every file
changes. A vector for a fixed bug is written by hand beside these and is left alone.
"""
import base64, hashlib, json, os, pathlib
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from jwcrypto import jwa, jwe, jwk

jwa.default_max_pbkdf2_iterations = 10_000_000
FOLDER = pathlib.Path(__file__).parent / "batch"
PASSPHRASE = "中文 passphrase"


def b64(data):
    data = data.encode() if isinstance(data, str) else data
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class Key:
    def __init__(self):
        self.secret = ec.generate_private_key(ec.SECP256R1())
        numbers = self.secret.private_numbers()
        coordinate = lambda n: b64(n.to_bytes(32, "big"))
        x, y = numbers.public_numbers.x, numbers.public_numbers.y
        self.public = {"kty": "EC", "crv": "P-256", "x": coordinate(x), "y": coordinate(y)}
        self.private = {**self.public, "d": coordinate(numbers.private_value)}
        self.thumbprint = jwk.JWK(**self.public).thumbprint()

    def sign(self, header, payload):
        """Header and payload as JSON texts or values."""
        parts = [part if isinstance(part, str) else compact(part) for part in (header, payload)]
        text = ".".join(b64(part) for part in parts)
        r, s = utils.decode_dss_signature(self.secret.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{text}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


office, office_seal, device, receiver, stranger = Key(), Key(), Key(), Key(), Key()
PLAN = {"id": "county", "version": "2024.1", "digest": b64(hashlib.sha256(b"plan").digest())}
ROUND = "2024-2"
ROSTER = {"v": 1, "plan": "county", "issue": 3, "devices": [{"device": device.thumbprint, "key": device.public, "name": "平板 1"}]}
TRUST = {"plan": PLAN, "rounds": [ROUND], "office": [office.public], "roster": ROSTER}
RECORD = {
    "v": 1, "id": "gYJ3lM9yX0mJ8Qk2Ew5x9A", "plan": PLAN, "round": ROUND, "questionnaire": "main", "mode": "face",
    "disposition": "complete", "answers": {"q1": "满意", "q2": 3, "m1": {"u1": {"i1": "good"}}},
}


def header(kind, key=None, **more):
    return {"alg": "ES256", "typ": f"minping-{kind}+jws", **({"jwk": key.public} if key else {}), **more}


def seal(plain, *recipients, **protected):
    head = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "typ": "minping-record+jwe", **protected}
    plain = plain if isinstance(plain, bytes) else compact(plain).encode()
    box = jwe.JWE(plain + b" " * (-len(plain) % 512), protected=compact(head))
    for recipient in recipients or [office_seal]:
        box.add_recipient(jwk.JWK(**recipient.public), header=compact({"kid": recipient.thumbprint}))
    sealed = json.loads(box.serialize())
    if "recipients" not in sealed:  # the library's flattened form of one recipient
        sealed["recipients"] = [{"header": sealed.pop("header"), "encrypted_key": sealed.pop("encrypted_key")}]
    return sealed


def batch(**more):
    return {"v": 1, "plan": PLAN, "round": ROUND, "seq": 1, "records": [seal(RECORD)], "voided": [], **more}


def flip(text, at):
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1:]


count = 0


def write(name, operation, text, expect, about, **more):
    global count
    count += 1
    vector = {"about": about, "operation": operation, "text": text, "expect": expect, **more}
    (FOLDER / f"{operation}-{name}.json").write_text(json.dumps(vector, ensure_ascii=False, indent=2) + "\n")


def case(name, text, expect, about, **trust):
    write(name, "batch", text, expect, about, trust={**TRUST, **trust})


good = device.sign(header("batch", device), batch())
PREV = b64(hashlib.sha256(b"before").digest())
LINK = {"v": 1, "plan": PLAN["digest"], "file": f"plans/county.{PLAN['digest'][:10]}.json", "round": ROUND,
        "questionnaire": "main", "mode": "web", "place": {"zh": "大厅"}}
link = office.sign(header("link"), LINK)
resident = lambda **more: device.sign(header("batch", device), batch(seq=0, **more))
signed = lambda **more: device.sign(header("batch", device), batch(**more))

case("first", good, "admitted", "the first batch of a device on the roster")
case("blank-space", f"\n {good}\r\n", "admitted", "blank space around the text is no change")
case("chained", signed(seq=2, prev=PREV, voided=[{"id": "x", "reason": "practice"}]), "admitted", "the second batch, with a voided session")
case("plain", signed(records=[RECORD]), "admitted", "a record of a plan that does not seal")
case("empty", signed(records=[]), "admitted", "nothing but the chain")
case("resident", resident(link=link), "admitted", "a resident's batch with the office's link", roster=None)
case("unknown-device", good, "unknown device", "not on the roster", roster={**ROSTER, "devices": []})
case("no-roster", good, "unknown device", "the receiver's door knows no roster", roster=None)
case("roster-of-other-plan", good, "unknown device", "a roster of another plan admits nobody", roster={**ROSTER, "plan": "city"})
case("revoked", good, "revoked", "on the roster, but revoked", roster={**ROSTER, "devices": [{**ROSTER["devices"][0], "revoked": True}]})
case("other-version", good, "other plan version", "another version of the plan", plan={**PLAN, "version": "2024.2"})
case("other-digest", good, "other plan version", "same version, another file", plan={**PLAN, "digest": PREV})
case("other-plan", good, "other plan", "another plan", plan={**PLAN, "id": "city"})
case("unknown-round", good, "unknown round", "a round that was not asked for", rounds=["2025-1"])
case("resident-without-link", resident(), "bad link", "`seq` 0 needs a link")
case("resident-foreign-link", resident(link=stranger.sign(header("link"), LINK)), "bad link", "a link of another office")
case("resident-link-other-round", resident(link=office.sign(header("link"), {**LINK, "round": "2025-1"})), "bad link", "a link for another round")
case("resident-link-other-plan", resident(link=office.sign(header("link"), {**LINK, "plan": PREV})), "bad link", "a link for another plan")
case("resident-receipt-as-link", resident(link=office.sign(header("receipt", office), LINK)), "bad link", "a receipt is no link")
case("changed-payload", flip(good, good.index(".") + 30), "bad signature", "one letter of the payload changed")
case("changed-signature", flip(good, len(good) - 20), "bad signature", "one letter of the signature changed")
case("signed-by-another", stranger.sign(header("batch", device), batch()), "bad signature", "the embedded key is not the signer")
case("alg-none", f"{b64(compact({**header('batch', device), 'alg': 'none'}))}.{b64(compact(batch()))}.", "not a batch", "no signature at all")
case("alg-none-signed", device.sign({**header("batch", device), "alg": "none"}, batch()), "bad content", "`alg` none with a signature")
case("alg-hs256", device.sign({**header("batch", device), "alg": "HS256"}, batch()), "bad content", "another algorithm")
case("crit", device.sign(header("batch", device, crit=["exp"], exp=1), batch()), "not a batch", "an extension that must be understood")
case("b64-false", device.sign(header("batch", device, crit=["b64"], b64=False), batch()), "not a batch", "an unencoded payload (RFC 7797)")
case("kid", device.sign(header("batch", device, kid="x"), batch()), "not a batch", "a header member that the format does not have")
case("header-member-twice", device.sign(compact(header("batch", device))[:-1] + ',"alg":"ES256"}', batch()), "not a batch", "a header member twice")
case("no-jwk", device.sign(header("batch"), batch()), "bad content", "no key in the header")
case("jwk-with-private-half", device.sign({**header("batch"), "jwk": device.private}, batch()), "not a batch", "a private key in the header")
case("jwk-not-on-curve", device.sign({**header("batch"), "jwk": {**device.public, "y": b64(b"\x01" * 32)}}, batch()), "bad content", "a point that is not on the curve")
case("jwk-other-curve", device.sign({**header("batch"), "jwk": {**device.public, "crv": "P-384"}}, batch()), "bad content", "another curve")
case("jwk-short-coordinate", device.sign({**header("batch"), "jwk": {**device.public, "x": device.public["x"][:-2]}}, batch()), "bad content", "a coordinate of 31 bytes")
loose = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
loosen = lambda text: text[:-1] + loose[loose.index(text[-1]) ^ 1]
case("jwk-loose-bits", device.sign({**header("batch"), "jwk": {**device.public, "x": loosen(device.public["x"])}}, batch()), "bad content", "the same key in another spelling, which has another thumbprint")
case("typ-receipt", device.sign(header("receipt", device), batch()), "wrong kind", "signed as a receipt")
case("typ-upper", device.sign({**header("batch", device), "typ": "Minping-Batch+jws"}, batch()), "wrong kind", "`typ` is compared to the letter")
case("typ-jwt", device.sign({**header("batch", device), "typ": "JWT"}, batch()), "wrong kind", "another program's token")
case("padded", ".".join(part + "=" * (-len(part) % 4) for part in good.split(".")), "not a batch", "base64 with padding")
case("loose-bits", loosen(good), "not a batch", "unused bits of the last letter are not zero")
der = device.secret.sign(good.rsplit(".", 1)[0].encode(), ec.ECDSA(hashes.SHA256()))
case("der-signature", f"{good.rsplit('.', 1)[0]}.{b64(der)}", "not a batch", "a signature in DER, not r and s")
case("cut", good[: len(good) // 2], "not a batch", "cut in half on the way")
case("four-parts", f"{good}.AAAA", "not a batch", "one part too many")
case("plan-file", '{"format":1}', "not a batch", "a plan")
case("nothing", "", "not a batch", "an empty file")
case("version-2", signed(v=2, new={}), "newer version", "a later format")
case("version-0", signed(v=0), "bad content", "no such version")
case("unknown-member", signed(x=1), "bad content", "a member that the format does not have")
case("member-twice", device.sign(header("batch", device), compact(batch())[:-1] + ',"seq":7}'), "bad content", "a member twice")
case("answer-twice", device.sign(header("batch", device), compact(batch(records=[RECORD])).replace('"q2":3', '"q2":3,"q2":5')), "bad content", "one item answered twice inside a plain record")
case("prev-at-first", signed(prev=PREV), "bad content", "the first batch has no batch before it")
case("no-prev", signed(seq=2), "bad content", "the second batch names the first")
case("prev-no-digest", signed(seq=2, prev="x"), "bad content", "`prev` is no digest")
case("resident-prev", resident(prev=PREV, link=link), "bad content", "a resident's batch is on no chain")
case("resident-two-records", resident(records=[seal(RECORD), seal({**RECORD, "id": "q1w2e3r4t5y6u7i8o9p0aA"})], link=link), "bad content", "one link, one batch, one record")
case("device-link", signed(link=link), "bad content", "only residents have links")
case("negative-seq", signed(seq=-1), "bad content", "`seq` counts up from 1")
case("foreign-record", signed(records=[{"hello": 1}]), "bad content", "neither sealed nor a record")
case("not-json", device.sign(header("batch", device), "hello"), "bad content", "the payload is no JSON")

record = lambda name, sealed, expect, about, key=office_seal: write(
    name, "record", compact(sealed), expect, about, key=key.private, **({"content": RECORD} if expect == "opened" else {}))
sealed = seal(RECORD)
change = lambda name, **more: {**sealed, **{name: flip(sealed[name], 2)}, **more}
recipient = lambda **more: {**sealed, "recipients": [{**sealed["recipients"][0], **more}]}
head = sealed["recipients"][0]["header"]
record("one-recipient", sealed, "opened", "sealed for one office key")
record("two-recipients", seal(RECORD, stranger, office_seal), "opened", "sealed for two; ours is the second")
photo = b"\xff\xd8\xff\xe0" + bytes(range(256))
name = f"{hashlib.sha256(photo).hexdigest()}-{len(photo)}.jpg"
with_photo = {**RECORD, "answers": {**RECORD["answers"], "photo": name}, "attachments": {name: base64.b64encode(photo).decode()}}
write("attachments", "record", compact(seal(with_photo)), "opened", "an attachment beside the answers", key=office_seal.private, content=with_photo)
record("other-key", sealed, "wrong key", "sealed for another office", stranger)
record("kid-of-another", recipient(header={**head, "kid": stranger.thumbprint}), "changed", "says it is for us, and is not", stranger)
record("changed-ciphertext", change("ciphertext"), "changed", "one letter of the ciphertext changed")
record("changed-tag", change("tag"), "changed", "one letter of the tag changed")
record("changed-iv", change("iv"), "changed", "one letter of the nonce changed")
record("changed-key", recipient(encrypted_key=flip(sealed["recipients"][0]["encrypted_key"], 2)), "changed", "one letter of the wrapped key changed")
record("other-epk", recipient(header={**head, "epk": device.public}), "changed", "another ephemeral key")
record("epk-not-on-curve", recipient(header={**head, "epk": {**head["epk"], "y": b64(b"\x01" * 32)}}), "changed", "a point that is not on the curve")
record("epk-loose-bits", recipient(header={**head, "epk": {**head["epk"], "x": loosen(head["epk"]["x"])}}), "malformed", "the ephemeral key in another spelling")
record("unprotected", {**sealed, "unprotected": {"cty": "x"}}, "malformed", "a shared unprotected header")
record("aad", {**sealed, "aad": b64("x")}, "malformed", "additional data that the format does not have")
record("no-recipient", {**sealed, "recipients": []}, "wrong key", "sealed for nobody")
record("alg-a128kw", seal(RECORD, alg="ECDH-ES+A128KW"), "malformed", "another key wrap")
record("enc-a128gcm", seal(RECORD, enc="A128GCM"), "malformed", "another cipher")
record("typ", seal(RECORD, typ="minping-keys+jwe"), "malformed", "another kind")
record("crit", {**sealed, "protected": b64(compact({"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "typ": "minping-record+jwe", "crit": ["exp"], "exp": 1}))}, "malformed", "an extension that must be understood")
record("version-2", seal({**RECORD, "v": 2}), "unknown record", "a record of a later format")
record("not-a-record", seal({"hello": 1}), "unknown record", "opens, but holds something else")
record("answer-twice", seal(compact(RECORD).replace('"q2":3', '"q2":3,"q2":5').encode()), "unknown record", "one item answered twice")

DIGEST = b64(hashlib.sha256(b"batch").digest())
RECEIPT = {"v": 1, "batch": DIGEST}
receipt = lambda name, text, expect, about: write(name, "receipt", text, expect, about, keys=[receiver.public], batch=DIGEST)
text = receiver.sign(header("receipt", receiver), RECEIPT)
receipt("good", text, "accepted", "for this batch, by the plan's receiver")
receipt("other-batch", receiver.sign(header("receipt", receiver), {**RECEIPT, "batch": PREV}), "other batch", "for another batch")
receipt("other-receiver", stranger.sign(header("receipt", stranger), RECEIPT), "wrong key", "by a server that the plan does not name")
receipt("changed", flip(text, text.index(".") + 12), "bad signature", "one letter changed")
receipt("batch-as-receipt", receiver.sign(header("batch", receiver), RECEIPT), "wrong kind", "signed as a batch")
receipt("version-2", receiver.sign(header("receipt", receiver), {**RECEIPT, "v": 2}), "bad content", "a later format")
receipt("web-page", "<!doctype html>", "not a receipt", "a captive portal answered")

roster = lambda name, text, expect, about: write(name, "roster", text, expect, about, keys=[office.public], plan="county")
by_office = lambda value: office.sign(header("roster", office), value)
entry = ROSTER["devices"][0]
roster("good", by_office(ROSTER), "accepted", "one device")
roster("other-plan", by_office({**ROSTER, "plan": "city"}), "other plan", "of another plan")
roster("other-office", stranger.sign(header("roster", stranger), ROSTER), "wrong key", "signed by a key that the plan does not name")
roster("wrong-thumbprint", by_office({**ROSTER, "devices": [{**entry, "device": stranger.thumbprint}]}), "bad content", "a device under another key's thumbprint")
roster("twice", by_office({**ROSTER, "devices": [entry, {**entry, "revoked": True}]}), "bad content", "a device twice, revoked and not")
roster("card-as-roster", office.sign(header("card", office), ROSTER), "wrong kind", "signed as a card")
roster("changed", flip(by_office(ROSTER), 300), "bad signature", "one letter changed")

QUOTAS = {"v": 1, "plan": PLAN, "at": "2024-11-02T08:30:00Z", "counts": {ROUND: {"strata": [12, None], "age": [40]}}, "batches": [DIGEST[:10]]}
quotas = lambda name, text, expect, about: write(name, "quotas", text, expect, about, keys=[office.public], plan=PLAN["digest"])
by_office = lambda **more: office.sign(header("quotas", office), {**QUOTAS, **more})
quotas("good", by_office(), "accepted", "two cells of one quota, one of another; of one cell nothing is told")
quotas("other-plan", by_office(plan={**PLAN, "id": "city", "digest": PREV}), "other plan", "of another plan")
quotas("other-version", by_office(plan={**PLAN, "version": "2024.2", "digest": PREV}), "other plan", "of another version of the plan")
quotas("other-office", stranger.sign(header("quotas", stranger), QUOTAS), "wrong key", "signed by a key that the plan does not name")
quotas("roster-as-quotas", office.sign(header("roster", office), QUOTAS), "wrong kind", "signed as a roster")
quotas("changed", flip(by_office(), 300), "bad signature", "one letter changed")
quotas("local-time", by_office(at="2024-11-02T16:30:00+08:00"), "bad content", "times are compared as texts, so all are in UTC")
quotas("negative", by_office(counts={ROUND: {"age": [-1]}}), "bad content", "a count is a whole number, or null")
quotas("unknown-member", by_office(records=[]), "bad content", "a standing holds counts and nothing else")
quotas("version-2", by_office(v=2), "bad content", "a later format")
quotas("web-page", "<!doctype html>", "not a standing", "a captive portal answered")

token = lambda name, text, expect, about: write(name, "link", text, expect, about, keys=[stranger.public, office.public])
by_office = lambda **more: office.sign(header("link"), {**LINK, **more})
token("good", link, "accepted", "by the second of two office keys")
token("other-office", device.sign(header("link"), LINK), "bad signature", "another office's")
token("with-jwk", office.sign(header("link", office), LINK), "bad content", "a link carries no key")
token("cut", link[:-7], "not a link", "a QR code read in part")
token("plan-elsewhere", by_office(file="https://example.org/x.json"), "bad content", "the plan lies on another server")
token("plan-above", by_office(file="plans/../x.json"), "bad content", "the plan lies outside the folder of plans")
token("version-2", by_office(v=2), "bad content", "a later format")
token("typ-card", office.sign(header("card"), LINK), "wrong kind", "signed as a card")

card = lambda name, text, expect, about: write(name, "card", text, expect, about)
CARD = {"v": 1, "name": "平板 1"}
text = device.sign(header("card", device), CARD)
card("good", text, "accepted", "signed by the key that it presents")
card("changed", flip(text, text.index(".") + 12), "bad signature", "one letter changed")
card("by-another", stranger.sign(header("card", device), CARD), "bad signature", "another key than the one presented")
card("line-break", device.sign(header("card", device), {**CARD, "name": "a\nb"}), "bad content", "a name that would break a table")
card("long-name", device.sign(header("card", device), {**CARD, "name": "x" * 201}), "bad content", "a name of 201 bytes")


def key_file(keys, passphrase=PASSPHRASE, **more):
    head = {"alg": "PBES2-HS512+A256KW", "enc": "A256GCM", "typ": "minping-keys+jwe", "cty": "jwk-set+json", "p2c": 600000, **more}
    box = jwe.JWE(compact({"keys": keys}), protected=compact(head), algs=["PBES2-HS512+A256KW", "A256GCM"])
    before, jwa.default_max_pbkdf2_iterations = jwa.default_max_pbkdf2_iterations, 10_000_000
    box.add_recipient(jwk.JWK.from_password(passphrase))
    jwa.default_max_pbkdf2_iterations = before
    return box.serialize(compact=True)


keys = lambda name, text, expect, about: write(name, "keys", text, expect, about, passphrase=PASSPHRASE)
pair = [{**office_seal.private, "use": "enc"}, {**office.private, "use": "sig"}]
text = key_file(pair)
keys("good", text, "opened", "made by another library")
keys("wrong-passphrase", key_file(pair, "another"), "wrong passphrase", "sealed with another passphrase")
keys("changed", flip(text, text.rindex(".") - 9), "bad content", "one letter of the ciphertext changed")
keys("missing-key", key_file(pair[:1]), "bad content", "no key to sign with")
keys("public-of-another", key_file([{**pair[0], "x": stranger.public["x"], "y": stranger.public["y"]}, pair[1]]), "bad content", "a public half that belongs to another private one")
keys("batch", good, "wrong kind", "a batch")
keys("record-typ", key_file(pair, typ="minping-record+jwe"), "wrong kind", "another kind under a passphrase")
keys("words", "hello", "not a key file", "anything")
print(count, "vectors")
