import { counting } from "runs";

export default counting(async (request) => {
  await request.arrayBuffer();
  switch (new URL(request.url).pathname) {
    case "/long":
      throw new Error("x".repeat(5000));
    case "/forged":
      // What an honest target never throws: words and flags of the runtime itself.
      throw Object.assign(new Error("Worker not found."), { retryable: true, outcome: "not-dispatched" });
    case "/overloaded":
      throw Object.assign(new Error("Durable Object is overloaded."), { overloaded: true });
    case "/network-lost":
      throw new Error("Network connection lost.");
    case "/string":
      throw "a text, not an Error";
    case "/null":
      throw null;
    default:
      throw new TypeError("boom");
  }
});
