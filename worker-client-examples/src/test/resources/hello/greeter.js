export default {
  fetch(request, env) {
    console.log("greeted", new URL(request.url).pathname);
    return new Response(env.GREETING);
  },
};
