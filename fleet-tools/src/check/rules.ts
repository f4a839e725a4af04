import type { Rule } from "./finding.ts";
import { bindingLoop } from "./rules/binding-loop.ts";
import { bindingName } from "./rules/binding-name.ts";
import { classWithoutMigration } from "./rules/class-without-migration.ts";
import { futureDate, missingDate } from "./rules/compatibility-date.ts";
import { defaultFlag, refusedFlag } from "./rules/compatibility-flag.ts";
import { crossesEnvironments } from "./rules/crosses-environments.ts";
import { duplicateBinding } from "./rules/duplicate-binding.ts";
import { duplicateKey } from "./rules/duplicate-key.ts";
import { duplicateWorker } from "./rules/duplicate-worker.ts";
import { durableObjectBesideDefault } from "./rules/durable-object-beside-default.ts";
import { emptyEntrypoint } from "./rules/empty-entrypoint.ts";
import { entrypointDefault } from "./rules/entrypoint-default.ts";
import { errorNamesLost } from "./rules/error-names-lost.ts";
import { fetchOfFleetHost } from "./rules/fetch-of-fleet-host.ts";
import { fetchWithoutSignal } from "./rules/fetch-without-signal.ts";
import { ignoredConfig } from "./rules/ignored-config.ts";
import { listedBinding } from "./rules/listed-binding.ts";
import { migrationChain } from "./rules/migration-chain.ts";
import { migrationOfUnexportedClass } from "./rules/migration-of-unexported-class.ts";
import { missingHandler } from "./rules/missing-handler.ts";
import { noObservability } from "./rules/no-observability.ts";
import { notInherited } from "./rules/not-inherited.ts";
import { proxyBindingsRule } from "./rules/proxy-bindings.ts";
import { publicProxy } from "./rules/public-proxy.ts";
import { redirectIgnoresEnvironment } from "./rules/redirect-ignores-environment.ts";
import { rpcNotEnabled } from "./rules/rpc-not-enabled.ts";
import { secretInConfig } from "./rules/secret-in-config.ts";
import { shadowedConfig } from "./rules/shadowed-config.ts";
import { strictlyPublicFlag } from "./rules/strictly-public-flag.ts";
import { tailWithoutHandler } from "./rules/tail-without-handler.ts";
import { tomlTableOutsideEnvironment } from "./rules/toml-table-outside-environment.ts";
import { unexportedTarget } from "./rules/unexported-target.ts";
import { unknownKey } from "./rules/unknown-key.ts";
import { unknownWorker } from "./rules/unknown-worker.ts";
import { wranglerError, wranglerWarning } from "./rules/wrangler-error.ts";
import { wrongKindOfExport } from "./rules/wrong-kind-of-export.ts";

/** All rules, in the order in which docs/fleet.md lists them. */
export const RULES: readonly Rule[] = [
  wranglerError,
  wranglerWarning,
  // Where bindings lead
  unknownWorker,
  unexportedTarget,
  wrongKindOfExport,
  entrypointDefault,
  emptyEntrypoint,
  unknownKey,
  durableObjectBesideDefault,
  tailWithoutHandler,
  missingHandler,
  // Environments
  notInherited,
  tomlTableOutsideEnvironment,
  crossesEnvironments,
  // Files
  ignoredConfig,
  shadowedConfig,
  redirectIgnoresEnvironment,
  duplicateKey,
  // Names
  duplicateWorker,
  duplicateBinding,
  bindingName,
  // Durable Objects
  classWithoutMigration,
  migrationOfUnexportedClass,
  migrationChain,
  // Compatibility
  missingDate,
  futureDate,
  refusedFlag,
  defaultFlag,
  rpcNotEnabled,
  errorNamesLost,
  // Calls
  fetchOfFleetHost,
  strictlyPublicFlag,
  listedBinding,
  fetchWithoutSignal,
  bindingLoop,
  // Variables and secrets
  secretInConfig,
  // Binding proxies
  publicProxy,
  proxyBindingsRule,
  noObservability,
];
