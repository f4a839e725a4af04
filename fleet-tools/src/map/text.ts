import type { ModuleExport } from "../exports.ts";
import { describe, type MappedBinding, type MappedWorker } from "./model.ts";

const NOTES: Partial<Record<MappedBinding["target"], string>> = {
  "not-exported": "  ← not exported there",
  outside: "  (not in these folders)",
};
const KINDS: Partial<Record<ModuleExport["kind"], string>> = {
  entrypoint: "entrypoint",
  "durable-object": "Durable Object",
  workflow: "workflow",
  class: "class",
};

/** Writes the map as text: each Worker with its exports, its routes, and what it binds. */
export function mapAsText(workers: readonly MappedWorker[]): string {
  return workers.map(workerAsText).join("\n");
}

function workerAsText(worker: MappedWorker): string {
  const title = `${worker.name || "(no name)"}  ${worker.config}${worker.environment ? ` [${worker.environment}]` : ""}`;
  const width = Math.max(...worker.bindings.map(({ name }) => name.length), 7);
  const line = (label: string, text: string): string => `  ${label.padEnd(width)} ${text}\n`;
  const exports =
    worker.exports === undefined
      ? "unknown: the main module is not there"
      : worker.exports.map(exportAsText).join(", ");
  return (
    `${title}\n` +
    (worker.main === undefined ? "" : line("exports", exports || "nothing")) +
    (worker.routes.length === 0 ? "" : line("routes", worker.routes.join(", "))) +
    worker.bindings
      .map((binding) => line(binding.name || "(tail)", `→ ${describe(binding)}${NOTES[binding.target] ?? ""}`))
      .join("")
  );
}

function exportAsText({ name, kind, members }: ModuleExport): string {
  if (kind === "handlers") return `${name} {${members.join(", ")}}`;
  const said = KINDS[kind];
  return said === undefined ? name : `${name} (${said})`;
}
