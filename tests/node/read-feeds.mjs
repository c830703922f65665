// Reads feeds and lists of feeds as feedsmith does: names of files on standard input, one a line; what was read as JSON on
// standard output, in the same order.

import { readFileSync } from "node:fs";
import { parseFeed, parseOpml } from "feedsmith";

const names = readFileSync(0, "utf8").split("\n").filter(Boolean);
const read = names.map((name) => (name.endsWith(".opml") ? parseOpml : parseFeed)(readFileSync(name, "utf8")));
process.stdout.write(JSON.stringify(read));
