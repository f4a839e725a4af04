import { DurableObject } from "cloudflare:workers";
import { counting } from "runs";

export class Exported extends DurableObject {}

// A Durable Object export beside it does not keep fetch from working over a binding.
export default counting((request) => Response.json({ answeredBy: "objects", method: request.method }));
