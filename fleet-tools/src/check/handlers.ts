import type { Deployment } from "../fleet.ts";

/**
 * Whether the default export has none of the handlers. False if it can't be told: not built, of a package, made by a call,
 * or a class whose base is not known.
 */
export function lacks({ exports }: Deployment, handlers: readonly string[]): boolean {
  if (exports === undefined || exports.open || exports.serviceWorker) return false;
  const main = exports.exports.find(({ name }) => name === "default");
  if (main === undefined) return exports.exports.length > 0;
  const known = main.kind === "handlers" || main.kind === "entrypoint";
  return known && !handlers.some((handler) => main.members.includes(handler));
}
