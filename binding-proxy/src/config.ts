import { parseBindings, type BindingConfig } from "./config-bindings.js";
import { ConfigError } from "./config-error.js";
import { parseTokens, type Token } from "./config-tokens.js";

/** What the runtime hands over: the proxy's own variables and secrets, and the bindings it lends, under their names. */
export interface Env {
  readonly BINDINGS?: unknown;
  readonly PROXY_TOKEN?: unknown;
  readonly PROXY_TOKEN_NEXT?: unknown;
  readonly TOKEN_SCOPES?: unknown;
  readonly EXPOSE_ERRORS?: unknown;
  readonly ALLOW_ANONYMOUS?: unknown;
  readonly PASS_COOKIES?: unknown;
  readonly [binding: string]: unknown;
}

export interface Config {
  readonly bindings: ReadonlyMap<string, BindingConfig>;
  readonly tokens: readonly Token[];
  readonly exposeErrors: boolean;
  readonly allowAnonymous: boolean;
  readonly passCookies: boolean;
}

let parsedFor: Env | undefined;
let parsed: Config | ConfigError;

/** The configuration, parsed once per isolate. */
export function configOf(env: Env): Config | ConfigError {
  if (parsedFor !== env) {
    parsed = parse(env);
    parsedFor = env;
  }
  return parsed;
}

function parse(env: Env): Config | ConfigError {
  try {
    const bindings = parseBindings(env.BINDINGS);
    const allowAnonymous = parseSwitch(env, "ALLOW_ANONYMOUS");
    const tokens = parseTokens(env, bindings);
    if (tokens.length === 0 && !allowAnonymous) {
      throw new ConfigError("No token is configured. Run: npx wrangler secret put PROXY_TOKEN");
    }
    return {
      bindings,
      tokens,
      allowAnonymous,
      exposeErrors: parseSwitch(env, "EXPOSE_ERRORS"),
      passCookies: parseSwitch(env, "PASS_COOKIES"),
    };
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function parseSwitch(env: Env, name: "EXPOSE_ERRORS" | "ALLOW_ANONYMOUS" | "PASS_COOKIES"): boolean {
  const value = env[name];
  if (value === "true" || value === true) return true;
  if (value === undefined || value === "" || value === "false" || value === false) return false;
  throw new ConfigError(`${name} must be "true" or "false".`);
}
