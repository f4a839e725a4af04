/** Wrangler's own reader of configurations, as wrangler 4.164.0 bundles it. */
import "./node-require.ts";
export {
  configFormat,
  experimental_readRawConfig as readRawConfig,
  findWranglerConfig,
  normalizeAndValidateConfig,
} from "@cloudflare/workers-utils";
export type { Config, Diagnostics, RawConfig } from "@cloudflare/workers-utils";
