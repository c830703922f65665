import assert from "node:assert/strict";
import { test } from "node:test";

import { arxivId, entry, Kept } from "../../templates/static/reader/kept.js";
import { anyText, numbers } from "./generated.mjs";

/** A device's storage that holds so many characters. */
class Device {
  constructor(room = Infinity) {
    this.room = room;
    this.values = new Map();
  }
  getItem(key) {
    return this.values.get(key) ?? null;
  }
  setItem(key, value) {
    const others = [...this.values].filter(([name]) => name !== key).flat();
    if ([...others, key, value].join("").length > this.room) throw new DOMException("full", "QuotaExceededError");
    this.values.set(key, value);
  }
}

const SETTINGS = "broadsheet:/base/settings";
const SAVED = "broadsheet:/base/saved";
const DEFAULTS = { list: "facts", keys: true, themes: {}, words: [], known: "", since: "", at: 0 };

test("a device that stored nothing has the defaults, and nothing is written", () => {
  const device = new Device();
  const kept = new Kept(device, "/base/");
  assert.deepEqual([kept.read("settings"), kept.read("seen"), kept.read("saved"), kept.unreadable], [DEFAULTS, [], [], ""]);
  assert.equal(device.values.size, 0);
});

test("what is stored is read back, by one digest only", () => {
  const device = new Device();
  const paper = entry({ slug: "a", title: "A", note: "two\nlines" });
  assert.ok(new Kept(device, "/base/").change("saved", (list) => [...list, paper]));
  assert.deepEqual(new Kept(device, "/base/").read("saved"), [paper]);
  assert.deepEqual(new Kept(device, "/other/").read("saved"), []);
});

test("what cannot be read is set aside, and what can be is kept", () => {
  for (const odd of ["", "{", "null", "7", '{"version":2,"data":{}}', '{"version":1,"data":{"themes":{"__proto__":1,"<b>":""}}}']) {
    const device = new Device();
    device.setItem(SETTINGS, odd);
    const kept = new Kept(device, "/base/");
    assert.deepEqual(kept.read("settings"), DEFAULTS, odd);
    assert.equal(kept.unreadable, `settings: ${odd}\n`);
    assert.deepEqual(kept.read("settings"), DEFAULTS);
    assert.equal(kept.unreadable, `settings: ${odd}\n`);
  }
  const device = new Device();
  const good = entry({ slug: "a", title: "A" });
  device.setItem(SAVED, JSON.stringify({ version: 1, data: [good, { title: 7 }] }));
  assert.deepEqual(new Kept(device, "/base/").read("saved"), [good]);
});

test("any text in place of a value is survived", () => {
  for (let seed = 1; seed <= 500; seed++) {
    const device = new Device();
    device.setItem(SAVED, anyText(numbers(seed), 40));
    assert.deepEqual(new Kept(device, "/base/").read("saved"), []);
  }
});

test("a full device says so, and loses nothing", () => {
  const device = new Device(300);
  const kept = new Kept(device, "/");
  assert.ok(kept.change("saved", () => [entry({ title: "A" })]));
  assert.equal(kept.change("saved", () => [entry({ title: "A".repeat(300) })]), false);
  assert.deepEqual(kept.read("saved").map(({ title }) => title), ["A"]);
  const odd = `{"odd":"${"x".repeat(150)}"}`;
  device.values = new Map([["broadsheet:/saved", odd]]);
  assert.deepEqual(kept.read("saved"), []);
  assert.equal(kept.change("saved", (list) => list), false);
  assert.equal(device.getItem("broadsheet:/saved"), odd);
});

test("only the newest 5000 seen papers are stored", () => {
  const kept = new Kept(new Device(), "/");
  kept.change("seen", () => Array.from({ length: 5001 }, (_, number) => `p${number}`));
  const seen = kept.read("seen");
  assert.deepEqual([seen.length, seen[0], seen.at(-1)], [5000, "p1", "p5000"]);
});

test("an entry has only http and https links, and only fields that are text", () => {
  const urls = ["javascript:alert(1)", "data:text/html,x", " https://a.example/ ", "//a.example", "https://a b", "ftp://a", "/x"];
  assert.deepEqual(urls.map((url) => entry({ title: "T", url }).url), ["", "", "https://a.example/", "", "", "", ""]);
  assert.deepEqual(entry({ title: " T\n t ", slug: "../x", authors: "A", date: "soon", arxiv: 7, note: {} }), {
    ...{ slug: "", title: "T t", authors: [], byline: "", date: "", arxiv: "", url: "", note: "" },
  });
  assert.deepEqual([entry({}), entry(null), entry("x")], [null, null, null]);
});

test("an arXiv identifier is recognized in all its forms", () => {
  const texts = ["2410.12265v3", "arXiv:hep-th/9901001", "https://arxiv.org/pdf/2410.12265v1.pdf", "10.1145/3292500", "2410", "x2410.12265"];
  assert.deepEqual(texts.map(arxivId), ["2410.12265", "hep-th/9901001", "2410.12265", "", "", ""]);
});
