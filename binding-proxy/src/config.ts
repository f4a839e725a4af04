import { parseBindings, type BindingConfig } from "./config-bindings.js";
import { ConfigError, SecretError } from "./config-error.js";
import { checkSecrets, EVERYTHING, parseScopes, usableSecrets, type Token } from "./config-tokens.js";

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

/** A configuration with a mistake: every request is refused. */
export class Misconfigured {
  constructor(
    /** What to write instead. For the log, and for callers that have authenticated. */
    readonly detail: string,
    /** The same for everybody else, if it holds nothing of the configuration. */
    readonly publicDetail: string | undefined,
    readonly tokens: readonly Token[],
    readonly allowAnonymous: boolean,
  ) {}
}

let parsedFor: Env | undefined;
let parsed: Config | Misconfigured;

/** The configuration, parsed once per isolate. A mistake is logged then. */
export function configOf(env: Env): Config | Misconfigured {
  if (parsedFor !== env) {
    parsed = parse(env);
    parsedFor = env;
    if (parsed instanceof Misconfigured) console.error(`binding-proxy: PROXY_MISCONFIGURED: ${parsed.detail}`);
  }
  return parsed;
}

function parse(env: Env): Config | Misconfigured {
  const secrets = usableSecrets(env);
  let allowAnonymous = false;
  try {
    allowAnonymous = parseSwitch(env, "ALLOW_ANONYMOUS");
    checkSecrets(env, secrets);
    if (secrets.size === 0 && !allowAnonymous) {
      throw new SecretError("No token is configured. Run: npx wrangler secret put PROXY_TOKEN");
    }
    const bindings = parseBindings(env.BINDINGS);
    const scopes = parseScopes(env.TOKEN_SCOPES, bindings);
    return {
      bindings,
      tokens: Array.from(secrets, ([name, secret]) => ({ secret, scope: scopes.get(name) ?? EVERYTHING })),
      allowAnonymous,
      exposeErrors: parseSwitch(env, "EXPOSE_ERRORS"),
      passCookies: parseSwitch(env, "PASS_COOKIES"),
    };
  } catch (error) {
    const detail = hideSecrets(
      error instanceof ConfigError ? error.message : "It could not be read.",
      secrets.values(),
    );
    return new Misconfigured(
      detail,
      error instanceof SecretError && secrets.size === 0 ? detail : undefined,
      Array.from(secrets.values(), (secret) => ({ secret, scope: EVERYTHING })),
      allowAnonymous,
    );
  }
}

/** A secret can stand in the wrong place, such as the name of a binding. */
function hideSecrets(message: string, secrets: Iterable<string>): string {
  return [...secrets].reduce((text, secret) => text.replaceAll(secret, "(hidden)"), message);
}

function parseSwitch(env: Env, name: "EXPOSE_ERRORS" | "ALLOW_ANONYMOUS" | "PASS_COOKIES"): boolean {
  const value = env[name];
  if (value === "true" || value === true) return true;
  if (value === undefined || value === "" || value === "false" || value === false) return false;
  throw new ConfigError(`${name} must be "true" or "false".`);
}
