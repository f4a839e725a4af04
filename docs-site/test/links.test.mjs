import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { createMarkdownRenderer } from "vitepress";
import { githubSlug, plainText, siteLinks } from "../.vitepress/links.mjs";
import { root } from "../.vitepress/pages.mjs";

const md = await createMarkdownRenderer(root, {
  config(md) {
    siteLinks(md, "https://github.com/example/repository", "v1.2.0");
    plainText(md);
  },
});
const render = (markdown) => md.render(markdown, { realPath: resolve(root, "docs/calls.md") });

test("a link to a page leads to it, under its title", () => {
  assert.match(render("[retries.md](retries.md#the-budget)"), /href="\/retries.html#the-budget"[^>]*>Retries</);
  assert.match(render("[as said](../binding-proxy/README.md)"), /href="\/binding-proxy.html"[^>]*>as said</);
});

test("a link to another file or folder leads to the repository, at this version", () => {
  assert.match(
    render("[the POM](../pom.xml)"),
    /href="https:\/\/github.com\/example\/repository\/blob\/v1.2.0\/pom.xml"/,
  );
  assert.match(
    render("[tests](../findings)"),
    /href="https:\/\/github.com\/example\/repository\/tree\/v1.2.0\/findings"/,
  );
});

test("a link to nothing fails the build, and names the page", () => {
  assert.throws(() => render("[gone](gone.md)"), /docs\/calls.md has a dead link: gone.md/);
});

test("a heading's anchor is as GitHub makes it", () => {
  assert.equal(githubSlug("What's in `health()`?"), "whats-in-health");
  assert.equal(githubSlug("Zone, DNS, TLS"), "zone-dns-tls");
});

test("braces and tags in a page's text are text", () => {
  assert.match(
    render("a {{ name }} of Optional<String> <!-- not shown -->"),
    /a &#123;&#123; name }} of Optional&lt;String&gt;/,
  );
});
