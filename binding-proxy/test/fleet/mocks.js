import { answerRuns, count, isRuns } from "runs";

// Stands for the services behind a queue binding and behind Workers AI: the bindings' own code is the runtime's.
const seen = [];

const record = async (request) => {
  count();
  seen.push({ url: request.url, headers: Object.fromEntries(request.headers), body: await request.text() });
};

export const queue = {
  async fetch(request) {
    if (isRuns(request)) return answerRuns();
    if (new URL(request.url).pathname === "/seen") return Response.json(seen);
    await record(request);
    return Response.json({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: 0 } } });
  },
};

export const ai = {
  async fetch(request) {
    await record(request);
    return Response.json({ response: "an answer" });
  },
};

export default queue;
