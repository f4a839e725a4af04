package dev.workerclient.examples.guide;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;

/** The code of README.md. */
final class ReadmeGuide {
  private ReadmeGuide() {}

  record Capability(String name, boolean ready) {}

  static Capability firstCall(String token) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy("https://workers-proxy.example.com", proxy -> proxy.bearerToken(token))
            .service("APIMOM", service -> service.customDomain("https://api-mom.example.com"))
            .build();
    WorkerService apiMom = client.service("APIMOM");

    Capability tts = apiMom.get("/v1/capabilities/{name}", "tts").fetch(Capability.class);
    return tts;
  }
}
