import { counting } from "runs";

/** How a gateway's catch block may pass on what a call of its binding threw. */
const forms = {
  message: (error) => new Response(error.message),
  string: (error) => new Response(String(error)),
  stack: (error) => new Response(error.stack),
  "json-message": (error) => Response.json({ error: error.message }),
  "json-failed": (error, target) => Response.json({ error: `${target}.fetch failed: ${error}` }),
};

/** A gateway of a user's own: /<target>/<form>/<status>/<path> calls the target, and answers with what was thrown. */
export default counting(async (request, env) => {
  const { pathname } = new URL(request.url);
  const [, target, form, status, ...path] = pathname.split("/");
  try {
    return await env[target].fetch(new Request(`http://target/${path.join("/")}`, request));
  } catch (error) {
    const { headers, body } = forms[form](error, target);
    return new Response(body, { status: Number(status), headers });
  }
});
