// Plays a queue: hands what a queue binding of workerd sends to the consumer, in batches.
const MOST_IN_A_BATCH = 10;
const MOST_ATTEMPTS = 4;

function decode(contentType, bytes) {
  if (contentType === "v8" || contentType === null || contentType === undefined) return { serializedBody: bytes };
  if (contentType === "bytes") return { body: bytes.buffer };
  const text = new TextDecoder().decode(bytes);
  return { body: contentType === "json" ? JSON.parse(text) : text };
}

async function received(request) {
  const delay = Number(request.headers.get("x-msg-delay-secs") ?? 0);
  if (new URL(request.url).pathname === "/message") {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return [{ delay, ...decode(request.headers.get("x-msg-fmt"), bytes) }];
  }
  return (await request.json()).messages.map(({ body, contentType, delaySecs }) => ({
    delay: delaySecs ?? delay,
    ...decode(
      contentType,
      Uint8Array.from(atob(body), (c) => c.charCodeAt(0)),
    ),
  }));
}

const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function deliver(messages, env) {
  await wait(messages[0].delay);
  const sent = messages.map(({ delay, ...message }) => message);
  let result;
  try {
    result = await env.CONSUMER.queue(env.NAME, sent);
  } catch (error) {
    result = { outcome: String(error) };
  }
  const failed = result.outcome !== "ok";
  const again = new Map((result.retryMessages ?? []).map((retry) => [retry.msgId, retry.delaySeconds]));
  const rest = messages.filter(({ id }) => failed || result.retryBatch?.retry || again.has(id));
  for (const message of rest) {
    if (message.attempts === MOST_ATTEMPTS) {
      console.error(
        `queue ${env.NAME}: dropped a message after ${MOST_ATTEMPTS} attempts; the last: ${result.outcome}`,
      );
    }
  }
  const next = rest
    .filter(({ attempts }) => attempts < MOST_ATTEMPTS)
    .map((message) => ({
      ...message,
      attempts: message.attempts + 1,
      delay: again.get(message.id) ?? result.retryBatch?.delaySeconds ?? 0,
    }));
  await deliverAll(next, env);
}

/** Messages with the same delay go together. */
async function deliverAll(messages, env) {
  const batches = [];
  for (const delay of new Set(messages.map((message) => message.delay))) {
    const same = messages.filter((message) => message.delay === delay);
    while (same.length > 0) batches.push(same.splice(0, MOST_IN_A_BATCH));
  }
  await Promise.all(batches.map((batch) => deliver(batch, env)));
}

export default {
  async fetch(request, env, ctx) {
    const metrics = { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: 0 };
    if (request.method === "GET") return Response.json(metrics);
    const timestamp = new Date();
    const messages = (await received(request)).map((message) => ({
      id: crypto.randomUUID().replaceAll("-", ""),
      timestamp,
      attempts: 1,
      ...message,
    }));
    if (env.CONSUMER !== undefined) ctx.waitUntil(deliverAll(messages, env));
    return Response.json({ metadata: { metrics } });
  },
};
