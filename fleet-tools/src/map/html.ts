import type { Reported } from "../check/finding.ts";
import { escaped, graphOf } from "./graph.ts";
import { describe, type MappedBinding, type MappedWorker } from "./model.ts";

/** The Workers of one environment. */
export interface MappedEnvironment {
  /** Absent for the top level. */
  readonly name?: string;
  readonly workers: readonly MappedWorker[];
}

/**
 * Writes the map as one HTML file that loads nothing: for each environment the graph and each Worker with its exports,
 * routes and bindings, and what `fleet check` found; with a search.
 */
export function mapAsHtml(
  environments: readonly MappedEnvironment[],
  findings: readonly Reported[],
  folder: string,
): string {
  const choice =
    environments.length < 2
      ? ""
      : `<select id="environment" aria-label="Environment">${environments.map(({ name }, index) => `<option value="${index}">${escaped(name ?? "top level")}</option>`).join("")}</select>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Binding map</title>
<style>${STYLE}</style>
<header><h1>Binding map</h1>${choice}<input id="search" type="search" placeholder="Search Workers, bindings, findings" aria-label="Search"></header>
<main>
${environments.map(environmentOf).join("\n")}
<section><h2>Findings</h2>
${findings.length === 0 ? "<p>None.</p>" : findings.map((finding) => findingOf(finding, folder)).join("\n")}
</section>
</main>
<script>${SCRIPT}</script>
</html>
`;
}

function environmentOf({ workers }: MappedEnvironment, index: number): string {
  return `<section data-environment="${index}"${index === 0 ? "" : " hidden"}>
<div class="graph">${graphOf(workers)}</div>
<div class="workers">${workers.map(workerOf).join("\n")}</div>
</section>`;
}

function workerOf(worker: MappedWorker): string {
  const exports = worker.exports?.map(({ name, kind, members }) => {
    const said = kind === "handlers" ? members.join(", ") : kind;
    return `<li><code>${escaped(name)}</code> ${escaped(said)}</li>`;
  });
  return `<article data-names="${escaped(searchable(worker))}">
<h3>${escaped(worker.name || "(no name)")}</h3>
<p><code>${escaped(worker.config)}</code>${worker.routes.map((route) => ` · ${escaped(route)}`).join("")}</p>
${exports === undefined ? "<p>Exports unknown: the main module is not there.</p>" : `<ul>${exports.join("")}</ul>`}
${worker.bindings.length === 0 ? "" : `<table>${worker.bindings.map(bindingOf).join("")}</table>`}
</article>`;
}

function bindingOf(binding: MappedBinding): string {
  const note = {
    "not-exported": "not exported there",
    outside: "not in these folders",
    unread: "exports unknown",
    found: "",
    none: "",
  };
  return `<tr class="${binding.target}"><th>${escaped(binding.name || "tail")}</th><td>${escaped(describe(binding))}</td><td>${note[binding.target]}</td></tr>`;
}

function searchable({ name, config, routes, exports, bindings }: MappedWorker): string {
  return [
    name,
    config,
    ...routes,
    ...(exports ?? []).map((each) => each.name),
    ...bindings.map((each) => `${each.name} ${describe(each)}`),
  ].join(" ");
}

function findingOf({ file, position, severity, rule, message, fix }: Reported, folder: string): string {
  const place = `${file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file}:${position.line}`;
  return `<article class="${severity}" data-names="${escaped(`${place} ${rule.id} ${message}`)}"><h3>${escaped(message)}</h3>
<p><b>${severity}</b> · <code>${escaped(place)}</code> · ${escaped(rule.id)}</p><p>${escaped(rule.cause)}</p><p>${escaped(fix)}</p></article>`;
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d5d9e0, #3a4150); --soft: light-dark(#f5f6f8, #1d222b); --accent: light-dark(#b3480f, #ff9e5e); --bad: light-dark(#b00020, #ff7b8b); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: light-dark(#fff, #14171d); color: light-dark(#1c2027, #e4e8ee); }
header { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; padding: .75rem 1rem; border-bottom: 1px solid var(--line); position: sticky; top: 0; background: inherit; }
h1 { font-size: 1.1rem; margin: 0; } h2 { font-size: 1.1rem; } h3 { font-size: 1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
#search { flex: 1 1 12rem; font: inherit; padding: .3rem .6rem; } #environment { font: inherit; padding: .3rem; }
main { padding: 1rem; } .graph { overflow-x: auto; margin-bottom: 1rem; } svg { display: block; font: 12px system-ui, sans-serif; }
svg text { text-anchor: middle; fill: currentColor; } .node rect { fill: var(--soft); stroke: var(--line); } .node.outside rect { stroke-dasharray: 4; }
.edge path { fill: none; stroke: currentColor; opacity: .45; } .edge text { fill: var(--accent); paint-order: stroke; stroke: light-dark(#fff, #14171d); stroke-width: 3px; } marker path { fill: currentColor; }
.broken path { stroke: var(--bad); stroke-dasharray: 5; opacity: 1; } .broken text, .not-exported td:last-child { fill: var(--bad); color: var(--bad); }
.workers { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: .75rem; }
article { border: 1px solid var(--line); border-radius: 6px; padding: .75rem; margin-bottom: .75rem; background: var(--soft); } article p, article ul { margin: .25rem 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; padding-right: .75rem; vertical-align: top; } td { overflow-wrap: anywhere; vertical-align: top; }
.error { border-left: 4px solid var(--bad); } .warning { border-left: 4px solid var(--accent); } .faded { opacity: .12; } [hidden] { display: none; }
`;

const SCRIPT = `
const search = document.getElementById("search"), environment = document.getElementById("environment");
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const element of document.querySelectorAll("[data-names]")) {
    const names = element.dataset.names.toLowerCase(), found = words.every((word) => names.includes(word));
    element.classList.toggle("faded", !found && element.localName === "g");
    if (element.localName === "article") element.hidden = !found;
  }
});
environment?.addEventListener("change", () => {
  for (const section of document.querySelectorAll("[data-environment]")) section.hidden = section.dataset.environment !== environment.value;
});
`;
