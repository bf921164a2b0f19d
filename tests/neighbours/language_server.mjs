// What yaml-language-server tells of files of a repository, by the schemas that its .vscode/settings.json names.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const [packages, root, ...files] = process.argv.slice(2);
const require = createRequire(join(packages, "package.json"));
const { getLanguageService } = require("yaml-language-server");
const { TextDocument } = require("vscode-languageserver-textdocument");

const place = (path) => new URL(path, pathToFileURL(`${root}/`)).href;
const settings = JSON.parse(readFileSync(join(root, ".vscode/settings.json"), "utf8"));
const service = getLanguageService({
  schemaRequestService: async (uri) => readFileSync(fileURLToPath(uri), "utf8"), // files alone: a network is none
  workspaceContext: { resolveRelativePath: (path, base) => new URL(path, base).href },
});
service.configure({
  validate: true,
  schemas: Object.entries(settings["yaml.schemas"]).map(([schema, glob]) => ({ uri: place(schema), fileMatch: [glob] })),
});
const told = {};
for (const file of files) {
  const document = TextDocument.create(place(file), "yaml", 1, readFileSync(join(root, file), "utf8"));
  told[file] = (await service.doValidation(document, false)).map((diagnostic) => diagnostic.message);
}
console.log(JSON.stringify(told));
