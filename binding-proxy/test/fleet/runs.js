// Counts the executions of one target. Each target is a Worker of its own, so each has its own count.
let runs = 0;

export const isRuns = (request) => request.method === "GET" && new URL(request.url).pathname === "/runs";

export const answerRuns = () => Response.json({ runs });

export const count = () => ++runs;

/** A default export whose fetch answers /runs uncounted, and counts and runs `handle` for everything else. */
export const counting = (handle) => ({
  fetch(request, env, context) {
    if (isRuns(request)) return answerRuns();
    count();
    return handle(request, env, context);
  },
});

/** For targets whose default export cannot answer: an entrypoint for the direct socket. */
export const onlyRuns = {
  fetch: (request) => (isRuns(request) ? answerRuns() : new Response("only /runs is here", { status: 404 })),
};
