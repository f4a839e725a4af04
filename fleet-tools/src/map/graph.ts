import { Graph, layout } from "@dagrejs/dagre";
import { describe, type MappedWorker } from "./model.ts";

/** An arrow of the graph: one binding, or several between the same two Workers. */
interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly labels: string[];
  broken: boolean;
}

const CHARACTER = 7.3;
const LINE = 16;

/** Draws Workers and their bindings as an SVG. Each Worker and arrow carries the names that a search compares. */
export function graphOf(workers: readonly MappedWorker[]): string {
  const arrows = arrowsOf(workers);
  const own = new Set(workers.map(({ name }) => name));
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: "LR", nodesep: 24, ranksep: 60, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of new Set([...own, ...arrows.flatMap(({ from, to }) => [from, to])])) {
    graph.setNode(name, { width: name.length * CHARACTER + 24, height: 34 });
  }
  for (const { from, to, labels } of arrows) {
    if (from === to) continue;
    const width = Math.max(...labels.map(({ length }) => length)) * CHARACTER;
    graph.setEdge(from, to, { width, height: labels.length * LINE, labelpos: "c" });
  }
  layout(graph);

  const { width = 0, height = 0 } = graph.graph();
  const edges = arrows
    .filter(({ from, to }) => from !== to)
    .map((arrow) => edgeOf(arrow, graph.edge(arrow.from, arrow.to)));
  const nodes = graph.nodes().map((name) => nodeOf(name, graph.node(name), !own.has(name)));
  return `<svg width="${Math.ceil(width)}" height="${Math.ceil(height)}" role="img" aria-label="Workers and their bindings"><defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>${edges.join("")}${nodes.join("")}</svg>`;
}

function arrowsOf(workers: readonly MappedWorker[]): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const { name, bindings } of workers) {
    for (const binding of bindings) {
      if (binding.kind === "other" || binding.kind === "ai") continue;
      const to = binding.kind === "queue" ? describe(binding) : (binding.worker ?? name);
      const key = JSON.stringify([name, to]);
      const arrow = arrows.get(key) ?? { from: name, to, labels: [], broken: false };
      const part = binding.entrypoint ?? binding.className;
      arrow.labels.push(
        `${binding.name || "tail"}${part === undefined ? "" : ` ${binding.entrypoint ? "#" : "/"} ${part}`}`,
      );
      arrow.broken ||= binding.target === "not-exported";
      arrows.set(key, arrow);
    }
  }
  return [...arrows.values()];
}

function edgeOf(
  { from, to, labels, broken }: Arrow,
  edge: { points: { x: number; y: number }[]; x?: number; y?: number },
): string {
  const path = edge.points
    .map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
  const top = (edge.y ?? 0) - ((labels.length - 1) * LINE) / 2 + 4;
  const texts = labels.map((label, index) => `<text x="${edge.x}" y="${top + index * LINE}">${escaped(label)}</text>`);
  return `<g class="edge${broken ? " broken" : ""}" data-names="${escaped([from, to, ...labels].join(" "))}"><path d="${path}" marker-end="url(#arrow)"/>${texts.join("")}</g>`;
}

function nodeOf(
  name: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  outside: boolean,
): string {
  return `<g class="node${outside ? " outside" : ""}" data-names="${escaped(name)}"><rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="6"/><text x="${x}" y="${y + 4}">${escaped(name)}</text></g>`;
}

/** Text for HTML and its attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
