// Adds the site of this version to a folder with those of other versions, and makes its start page and list of versions:
//   node publish.mjs FOLDER PATH
// FOLDER is what is served (the checked-out branch gh-pages, for example), PATH where: "/" or "/worker-client/".
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { folder } from "./.vitepress/version.mjs";

const [site, path] = process.argv.slice(2);
if (!site || !/^\/(.+\/)?$/.test(path ?? "")) {
  console.error('usage: node publish.mjs FOLDER PATH, with a PATH such as "/worker-client/"');
  process.exit(2);
}

const here = fileURLToPath(new URL(".", import.meta.url));
if (!existsSync(resolve(here, "target/api/apidocs"))) {
  console.error("no javadoc yet: run mvn javadoc:aggregate@site first");
  process.exit(1);
}
const env = { ...process.env, DOCS_BASE: `${path}${folder}/` };
execFileSync("npm", ["run", "--silent", "build"], { cwd: here, env, stdio: "inherit" });

mkdirSync(site, { recursive: true });
rmSync(resolve(site, folder), { recursive: true, force: true });
cpSync(resolve(here, "dist"), resolve(site, folder), { recursive: true });

const releases = readdirSync(site)
  .filter((name) => /^\d+\.\d+$/.test(name))
  .sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
const next = existsSync(resolve(site, "next")) ? ["next"] : [];
const latest = [...releases, ...next][0];

writeFileSync(resolve(site, ".nojekyll"), "");
writeFileSync(
  resolve(site, "index.html"),
  page("worker-client", `<meta http-equiv="refresh" content="0; url=${latest}/">`, [latest]),
);
writeFileSync(resolve(site, "versions.html"), page("Versions of worker-client", "", [...releases, ...next]));
console.log(`${folder} is in ${site}; its start page leads to ${latest}`);

function page(title, head, versions) {
  const links = versions.map((version) => `<li><a href="${version}/">${label(version)}</a></li>`).join("\n");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
${head}
<title>${title}</title>
<body style="font: 16px/1.6 sans-serif; max-width: 40em; margin: 4em auto; padding: 0 1em">
<h1>${title}</h1>
<ul>
${links}
</ul>
</html>
`;
}

function label(version) {
  if (version === "next") return "next (not released yet)";
  return version === latest ? `${version} (latest)` : version;
}
