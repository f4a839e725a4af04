import { counting } from "runs";

export default counting((request) => {
  switch (new URL(request.url).pathname) {
    case "/object":
      return { not: "a Response" };
    case "/error-response":
      return Response.error();
  }
});
