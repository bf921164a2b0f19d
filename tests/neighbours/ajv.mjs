// Compiles every schema of a folder as it lies there, in Ajv's strict mode; then judges documents, given as JSON on stdin.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const [packages, folder, shared] = process.argv.slice(2);
const require = createRequire(join(packages, "package.json"));
const Ajv = require("ajv/dist/2020.js").default;
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

const ajv = new Ajv({ strict: true, allErrors: true });
require("ajv-formats").default(ajv);
ajv.addSchema(read(shared));
const names = readdirSync(folder).filter((name) => name.endsWith(".schema.json") && name !== shared);
const validators = Object.fromEntries(names.map((name) => [name, ajv.compile(read(name))]));
const documents = JSON.parse(readFileSync(0, "utf8"));
const told = documents.map(([name, document]) => validators[name](document) ? [] : validators[name].errors.map((error) => error.message));
console.log(JSON.stringify({ compiled: names, told }));
