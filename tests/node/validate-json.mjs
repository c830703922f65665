// Judges documents by a JSON Schema as Ajv does, strictly: the schema's file is the argument, documents come on standard
// input, one a line; whether each is valid goes as JSON to standard output, in the same order.

import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

// dates are looked at by another validator: formats are no part of Ajv itself
const valid = new Ajv.default({ strict: true, validateFormats: false }).compile(JSON.parse(readFileSync(process.argv[2], "utf8")));
const documents = readFileSync(0, "utf8").split("\n").filter(Boolean);
process.stdout.write(JSON.stringify(documents.map((line) => valid(JSON.parse(line)))));
