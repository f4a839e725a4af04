import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every Markdown file that is a page of the site, and the page it becomes. */
export const pages = {
  "README.md": "index.md",
  "CHANGELOG.md": "changelog.md",
  "SECURITY.md": "security.md",
  "binding-proxy/README.md": "binding-proxy.md",
};
for (const file of readdirSync(resolve(root, "docs"))) {
  if (file.endsWith(".md")) pages[`docs/${file}`] = file;
}

/** What a reader wants to do, and the pages for it. */
const tasks = {
  Start: ["getting-started", "why-not-okhttp-and-a-retry", "migrating"],
  Guides: [
    "calls",
    "timeouts",
    "retries",
    "delivery",
    "failures",
    "rpc",
    "latency",
    "health",
    "testing",
    "local-development",
    "architecture-patterns",
    "native-image",
    "production-checklist",
  ],
  Integrations: ["spring-boot", "kotlin", "adapters", "observability"],
  "Fleet and proxy": ["binding-proxy", "fleet", "fleet-check", "fleet-client", "fleet-rpc"],
  Reference: [
    "errors",
    "troubleshooting",
    "compatibility",
    "benchmarks",
    "simulation",
    "rationale",
    "background",
    "security",
    "changelog",
  ],
};

/** Titles for the sidebar and for links, of pages whose own are too long. */
const shortTitles = {
  adapters: "Retrofit, Feign, RestClient",
  "binding-proxy": "Binding proxy",
  delivery: "Routes and delivery",
  "fleet-client": "fleet client",
  index: "Home",
  latency: "Latency",
  migrating: "Migrating",
  retries: "Retries",
  simulation: "Simulation",
};

/** Refuses a page that no reader would find, and an entry without a page. */
export function sidebar() {
  const sources = new Map(Object.entries(pages).map(([source, page]) => [name(page), source]));
  const listed = Object.values(tasks).flat();
  const unlisted = [...sources.keys()].filter((page) => page !== "index" && !listed.includes(page));
  if (unlisted.length > 0) throw new Error(`Add to the sidebar in docs-site/.vitepress/pages.mjs: ${unlisted}`);
  const gone = listed.filter((page) => !sources.has(page));
  if (gone.length > 0) throw new Error(`Remove from the sidebar in docs-site/.vitepress/pages.mjs: ${gone}`);
  return Object.entries(tasks).map(([text, names]) => ({
    text,
    items: names.map((page) => ({ text: title(sources.get(page)), link: `/${page}` })),
  }));
}

export function title(source) {
  const short = shortTitles[name(pages[source])];
  if (short) return short;
  const heading = /^# (.+)$/m.exec(readFileSync(resolve(root, source), "utf8"));
  if (!heading) throw new Error(`${source} has no heading "# …"`);
  return heading[1].replaceAll("`", "");
}

function name(page) {
  return page.replace(/\.md$/, "");
}

/** What has no pages in the repository: VitePress looks for Markdown everywhere else. */
export function excluded() {
  const folders = ["docs", "binding-proxy"];
  const others = readdirSync(root, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory() ? !folders.includes(entry.name) : entry.name.endsWith(".md") && !pages[entry.name],
  );
  return [...others.map((entry) => (entry.isDirectory() ? `${entry.name}/**` : entry.name)), "binding-proxy/*/**"];
}
