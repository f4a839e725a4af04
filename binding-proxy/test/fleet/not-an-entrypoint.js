import { counting } from "runs";

// It should extend WorkerEntrypoint: workerd binds it as it is, and fails when it is called.
export class NotAnEntrypoint {
  fetch() {
    return new Response("never");
  }
}

export default counting(() => new Response("the default export"));
