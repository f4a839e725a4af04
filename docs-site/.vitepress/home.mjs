/** What the home page shows above the README. */
export const home = {
  layout: "home",
  hero: {
    name: "worker-client",
    text: "Call Cloudflare Workers from the JVM, reliably",
    tagline:
      "Service bindings and custom domains as routes of one service, under one deadline. No call runs twice that must not.",
    actions: [
      { theme: "brand", text: "Get started", link: "/getting-started" },
      { theme: "alt", text: "Why not OkHttp plus a retry?", link: "/why-not-okhttp-and-a-retry" },
      { theme: "alt", text: "Troubleshooting", link: "/troubleshooting" },
    ],
  },
  features: [
    {
      title: "Two routes, one deadline",
      details: "A call goes through the binding proxy, then to the custom domain. One timeout covers all attempts.",
      link: "/delivery",
    },
    {
      title: "Never sent twice by mistake",
      details:
        "What is known about delivery decides whether a call is sent again, with a retry budget and circuit breakers.",
      link: "/retries",
    },
    {
      title: "Errors that say what to do",
      details: "Every Cloudflare error becomes a typed exception with cause, fix, and whether it is safe to resend.",
      link: "/errors",
    },
    {
      title: "RPC as a Java interface",
      details: "Call methods of Workers and Durable Objects, several in one round trip, with callbacks and streams.",
      link: "/rpc",
    },
    {
      title: "Tests without Cloudflare",
      details: "A mock fleet that fails on demand, and the real runtime on your machine.",
      link: "/testing",
    },
    {
      title: "For your framework",
      details: "Spring Boot, Kotlin, Retrofit, OpenFeign, Micrometer and OpenTelemetry.",
      link: "/spring-boot",
    },
  ],
};
