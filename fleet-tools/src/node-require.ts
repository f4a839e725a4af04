import { createRequire } from "node:module";

// The ES module of @cloudflare/workers-utils 0.27.0 calls a require that Node doesn't give to ES modules.
(globalThis as { require?: NodeJS.Require }).require ??= createRequire(import.meta.url);
