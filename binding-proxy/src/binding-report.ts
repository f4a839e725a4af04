import type { Code } from "./codes.js";
import type { BindingConfig } from "./config-bindings.js";
import type { Found } from "./kinds.js";
import type { ProblemError } from "./problem.js";

/** What diagnose says of one binding. */
export interface BindingReport {
  readonly binding: string;
  readonly exists: boolean;
  readonly kind: Found["kind"];
  readonly expected: BindingConfig["kind"];
  readonly className?: string;
  readonly fetchCallable: boolean;
  /** Whether BINDINGS lists methods of it, and it is of the right kind. */
  readonly rpcCallable: boolean;
  readonly health?: Health;
  readonly diagnosis: string;
  /** Empty when there is nothing to do. */
  readonly fix: string;
}

export interface Health {
  readonly path: string;
  readonly status?: number;
  readonly latencyMillis: number;
  /** Why there was no answer. */
  readonly code?: Code;
  readonly error?: ProblemError;
}
