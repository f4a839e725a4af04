import { counting } from "runs";

// Stands for the internet: what a target without a default export sends OUT arrives here.
const seen = [];
const record = counting(async (request) => {
  // Read to its end: the newest runtime drops the connection of a target without a default export otherwise.
  await request.arrayBuffer();
  seen.push({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers) });
  return new Response("error code: 1016", { status: 530 });
});

export default {
  fetch(request, env, context) {
    if (new URL(request.url).pathname === "/seen") return Response.json(seen);
    return record.fetch(request, env, context);
  },
};
