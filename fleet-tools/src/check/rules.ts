import type { Rule } from "./finding.ts";
import { durableObjectBesideDefault } from "./rules/durable-object-beside-default.ts";
import { entrypointDefault } from "./rules/entrypoint-default.ts";
import { missingHandler } from "./rules/missing-handler.ts";
import { tailWithoutHandler } from "./rules/tail-without-handler.ts";
import { unexportedTarget } from "./rules/unexported-target.ts";
import { unknownWorker } from "./rules/unknown-worker.ts";
import { wranglerError, wranglerWarning } from "./rules/wrangler-error.ts";
import { wrongKindOfExport } from "./rules/wrong-kind-of-export.ts";

/** All rules, in the order in which docs/fleet.md lists them. */
export const RULES: readonly Rule[] = [
  wranglerError,
  wranglerWarning,
  unknownWorker,
  unexportedTarget,
  wrongKindOfExport,
  entrypointDefault,
  durableObjectBesideDefault,
  tailWithoutHandler,
  missingHandler,
];
