// Looks at the site that `npm run build` wrote.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import MiniSearch from "minisearch";
import { pages } from "../.vitepress/pages.mjs";

const dist = resolve(import.meta.dirname, "../dist");
const site = new Map(
  readdirSync(dist)
    .filter((file) => file.endsWith(".html"))
    .map((file) => [file, readFileSync(join(dist, file), "utf8")]),
);

test("every page is there", () => {
  for (const page of Object.values(pages)) assert.ok(site.has(page.replace(/md$/, "html")), page);
});

test("every link and picture leads to a file of the site, and to a heading in it", () => {
  const broken = [];
  for (const [page, html] of site) {
    for (const [, target] of html.matchAll(/(?:href|src)="([^"]+)"/g)) {
      if (!/^([a-z]+:|\/\/)/.test(target) && !leadsSomewhere(page, target)) broken.push(`${page}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

function leadsSomewhere(page, target) {
  const [path, anchor] = decodeURIComponent(target.replaceAll("&amp;", "&")).split("#", 2);
  const file =
    path === "" ? page : join(path.startsWith("/") ? "." : dirname(page), path.replace(/\/$/, "/index.html"));
  if (!existsSync(join(dist, file))) return false;
  return !anchor || !site.has(file) || site.get(file).includes(` id="${anchor}"`);
}

test("search finds exceptions, methods and error codes", async () => {
  const chunk = readdirSync(join(dist, "assets/chunks")).find((file) => file.startsWith("@localSearchIndexroot"));
  const { default: json } = await import(pathToFileURL(join(dist, "assets/chunks", chunk)).href);
  const index = MiniSearch.loadJSON(json, { fields: ["title", "titles", "text"], storeFields: ["title", "titles"] });
  for (const [query, page] of [
    ["WorkerTimeoutException", "/timeouts.html"],
    ["TARGET_RETURNED_NO_RESPONSE", "/troubleshooting.html"],
    ["error 1042", "/why-not-okhttp-and-a-retry.html"],
    ["retry budget", "/retries.html"],
  ]) {
    const found = index.search(query, { combineWith: "AND" }).map(({ id }) => id.split("#")[0]);
    assert.ok(found.includes(page), `${query}: ${found}`);
  }
});
