import { describe, type MappedWorker } from "./model.ts";

/** Writes the map as a Mermaid flowchart, which GitHub and others draw: Workers, classes and queues, and who binds them. */
export function mapAsMermaid(workers: readonly MappedWorker[]): string {
  const ids = new Map<string, string>();
  const lines: string[] = [];
  const node = (name: string, outside: boolean): string => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    const id = `w${ids.size}`;
    ids.set(name, id);
    lines.push(`  ${id}${outside ? `(["${quoted(name)}"])` : `["${quoted(name)}"]`}`);
    return id;
  };
  for (const worker of workers) node(worker.name, false);
  for (const worker of workers) {
    for (const binding of worker.bindings) {
      if (binding.kind === "other" || binding.kind === "ai") continue;
      const to = binding.kind === "queue" ? describe(binding) : (binding.worker ?? worker.name);
      const detail = binding.entrypoint ?? binding.className;
      const label = [binding.name || "tail", detail && (binding.entrypoint ? `#${detail}` : `/${detail}`)]
        .filter(Boolean)
        .join(" ");
      const arrow = binding.target === "not-exported" ? "-. " : "-- ";
      const end = binding.target === "not-exported" ? " .->" : " -->";
      lines.push(`  ${node(worker.name, false)} ${arrow}"${quoted(label)}"${end} ${node(to, true)}`);
    }
  }
  return `flowchart LR\n${lines.join("\n")}\n`;
}

/** Mermaid has no backslash escapes in quotes, but character codes. */
function quoted(text: string): string {
  return text.replace(/["#]/g, (character) => `#${character.charCodeAt(0)};`);
}
