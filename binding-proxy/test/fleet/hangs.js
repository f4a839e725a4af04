import { counting } from "runs";

export default counting(async (request) => {
  // Nothing can ever resolve this: the runtime notices and cancels the target.
  if (new URL(request.url).pathname === "/never") await new Promise(() => {});
  await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  return new Response("an hour later");
});
