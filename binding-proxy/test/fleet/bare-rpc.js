// The least that a Worker does for the calls that the Java benchmarks make of accounts.js: what is left is the runtime's
// own cost. It checks nothing, so it is not a proxy.
const HEADERS = { "Binding-Proxy-Version": "1", "Binding-Proxy-Outcome": "target-answered" };

export default {
  async fetch(request, { ACCOUNTS }) {
    if (request.headers.get("Binding-Proxy-Op") !== "rpc") {
      return new Response((await ACCOUNTS.fetch(request)).body, { headers: HEADERS });
    }
    const batch = await request.text();
    const answer = batch.includes('"account"')
      ? `["resolve",3,{"name":"${(await ACCOUNTS.account(7).sub().profile()).name}"}]`
      : `["resolve",1,"${await ACCOUNTS.hello("you")}"]`;
    return new Response(answer, { headers: HEADERS });
  },
};
