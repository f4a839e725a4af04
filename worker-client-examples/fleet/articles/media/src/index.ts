export default {
  fetch(): Response {
    return new Response("stored", { status: 201 });
  },
};
