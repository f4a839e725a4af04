// One process for all of it: each takes over a second to load the TypeScript compiler and wrangler's reader.
import "./check/docs.ts";
import "./check/fix.ts";
import "./check/fixtures.ts";
import "./check/output.ts";
import "./check/robust.ts";
