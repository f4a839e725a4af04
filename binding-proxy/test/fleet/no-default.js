import { DurableObject } from "cloudflare:workers";
import { onlyRuns } from "runs";

export class Exported extends DurableObject {}

export const runsEntrypoint = onlyRuns;
