// Reads feeds as rss-parser does (n8n and others): names of files on standard input, one a line; what it shows of each entry
// as JSON on standard output, in the same order.

import { readFileSync } from "node:fs";
import Parser from "rss-parser";

const names = readFileSync(0, "utf8").split("\n").filter(Boolean);
const parser = new Parser();
const read = [];
for (const name of names) {
  const { items } = await parser.parseString(readFileSync(name, "utf8"));
  read.push(
    items.map((item) => ({
      id: item.id ?? item.guid,
      title: item.title,
      authors: [item.author ?? item.creator].flat().filter(Boolean),
      published: item.isoDate,
      body: item.content,
    })),
  );
}
process.stdout.write(JSON.stringify(read));
