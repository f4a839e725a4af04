import { existsSync, statSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { pages, root, title } from "./pages.mjs";

/**
 * Makes the pages' relative links, which lead to files of the repository, links of the site: to the file's page if it is
 * one, and to the repository otherwise. A link to a file that is not there fails the build.
 */
export function siteLinks(md, repository, ref) {
  md.core.ruler.push("site-links", (state) => {
    const source = state.env.realPath ?? state.env.path;
    for (const { children } of state.tokens) {
      children?.forEach((token, i) => {
        const href = token.type === "link_open" ? token.attrGet("href") : null;
        if (!href || /^([a-z]+:|#)/.test(href)) return;
        const [path, anchor] = href.split("#", 2);
        const file = resolve(dirname(source), path);
        if (!existsSync(file)) throw new Error(`${relative(root, source)} has a dead link: ${href}`);
        token.attrSet("href", address(relative(root, file)) + (anchor ? `#${anchor}` : ""));
        nameThePage(children[i + 1], relative(root, file));
      });
    }
  });

  function address(file) {
    if (pages[file]) return `/${pages[file]}`;
    return `${repository}/${statSync(resolve(root, file)).isDirectory() ? "tree" : "blob"}/${ref}/${file}`;
  }
}

/** On GitHub a link may be a file's name; on the site pages have titles. */
function nameThePage(text, file) {
  if (pages[file] && /^\S+\.md$/.test(text.content) && basename(text.content) === basename(file)) {
    text.content = title(file);
  }
}

/** A heading's anchor as GitHub makes it, since the pages are read there too. */
export function githubSlug(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}

/** Vue compiles a page's HTML: braces and tags in its text, such as {{name}} and <name>, are text here. */
export function plainText(md) {
  const text = md.renderer.rules.text;
  md.renderer.rules.text = (...args) => text(...args).replaceAll("{{", "&#123;&#123;");
  for (const html of ["html_inline", "html_block"]) {
    md.renderer.rules[html] = (tokens, i) =>
      /^\s*<\/?\w/.test(tokens[i].content) ? md.utils.escapeHtml(tokens[i].content) : tokens[i].content;
  }
}
