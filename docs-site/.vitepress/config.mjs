import { appendFileSync, cpSync, existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vitepress";
import { home } from "./home.mjs";
import { githubSlug, plainText, siteLinks } from "./links.mjs";
import { excluded, pages, root, sidebar } from "./pages.mjs";
import { ref, version } from "./version.mjs";

const { repository, description } = JSON.parse(readFileSync(resolve(root, "docs-site/package.json"), "utf8"));
const repositoryUrl = repository.url.replace(/\.git$/, "");

/** What `mvn javadoc:aggregate@site` wrote, if it ran. */
const javadoc = resolve(root, "docs-site/target/api/apidocs");

/** Where the site is served, if publish.mjs builds it as one of several versions. */
const base = process.env.DOCS_BASE;

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 8h5M9 8l5-5M9 8l5 5" stroke="#5672cd" stroke-width="2.5" stroke-linecap="round"/></svg>';

/** The pages import vue, and the folder that has it is not above them. */
const packagesOfThisFolder = {
  name: "packages-of-this-folder",
  enforce: "pre",
  resolveId(id, importer) {
    const ofPage = id.startsWith("vue") && importer?.includes(".md");
    return ofPage ? this.resolve(id, resolve(root, "docs-site/package.json"), { skipSelf: true }) : null;
  },
};

export default defineConfig({
  title: "worker-client",
  description,
  base: base ?? "/",
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: root,
  srcExclude: excluded(),
  rewrites: pages,
  outDir: "dist",
  cacheDir: "node_modules/.cache/vitepress",
  // The largest chunk is the search index, which loads with the first search.
  vite: { plugins: [packagesOfThisFolder], build: { chunkSizeWarningLimit: 2000 } },
  markdown: {
    anchor: { slugify: githubSlug },
    headers: { slugify: githubSlug, level: [2, 3] },
    config(md) {
      siteLinks(md, repositoryUrl, ref);
      plainText(md);
    },
  },
  transformPageData(page) {
    if (page.relativePath === "index.md") page.frontmatter = home;
    if (page.relativePath === "errors.md") page.frontmatter = { aside: false, pageClass: "wide" };
  },
  buildEnd({ outDir }) {
    if (!existsSync(javadoc)) return;
    cpSync(javadoc, resolve(outDir, "api"), { recursive: true });
    appendFileSync(
      resolve(outDir, "api/stylesheet.css"),
      readFileSync(resolve(root, "docs-site/.vitepress/javadoc.css")),
    );
  },
  themeConfig: {
    sidebar: sidebar(),
    outline: [2, 3],
    search: {
      provider: "local",
      options: {
        // A guide before the reasons and figures behind it, and a page before the list of changes.
        miniSearch: {
          searchOptions: {
            fuzzy: 0.2,
            prefix: true,
            boost: { title: 4, titles: 1, text: 1 },
            boostDocument: (id) => (/rationale|changelog|simulation|benchmarks/.test(id) ? 0.3 : 1),
          },
        },
      },
    },
    socialLinks: [{ icon: "github", link: repositoryUrl }],
    editLink: { pattern: `${repositoryUrl}/edit/main/:path`, text: "Edit this page" },
    nav: [
      { text: "Docs", link: "/getting-started", activeMatch: "^(?!/$)" },
      ...(existsSync(javadoc) ? [{ text: "Javadoc", link: "/api/index.html", target: "_self" }] : []),
      {
        text: version,
        items: [
          { text: "Changelog", link: "/changelog" },
          ...(base ? [{ text: "Other versions", link: "../versions.html", target: "_self" }] : []),
        ],
      },
    ],
  },
});
