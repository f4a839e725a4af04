/** Declares enough of `cloudflare:workers` to read a Worker whose types are not installed. */
export const CLOUDFLARE_TYPES = `
declare module "cloudflare:workers" {
  export abstract class WorkerEntrypoint<Env = any, Props = any> {
    constructor(ctx: any, env: Env);
    protected ctx: any;
    protected env: Env;
  }
  export abstract class DurableObject<Env = any, Props = any> {
    constructor(ctx: any, env: Env);
    protected ctx: any;
    protected env: Env;
  }
  export abstract class WorkflowEntrypoint<Env = any, Params = any> {
    constructor(ctx: any, env: Env);
    protected ctx: any;
    protected env: Env;
  }
  export abstract class RpcTarget {}
  export type RpcStub<T> = T & { dup(): unknown };
  export const env: any;
  export const exports: any;
  export function waitUntil(promise: Promise<unknown>): void;
}
`;
