package dev.workerclient.examples.quickstart;

import dev.workerclient.WorkerRequest;
import java.util.List;
import java.util.function.Function;

/** The five calls of the quickstart. */
final class FiveCalls {
  private FiveCalls() {}

  static List<Example> all() {
    return List.of(
        new Example(
            "A GET through the binding",
            "client.service(\"BEHAVES\").get(\"/status/{code}\", 200).execute()",
            Fleet.BEHAVES,
            fleet -> fleet.service(Fleet.BEHAVES).get("/status/{code}", 200)),
        new Example(
            "The proxy lacks the binding: the call goes on to the custom domain",
            "client.service(\"MISSING\").get(\"/status/{code}\", 200).execute()",
            Fleet.MISSING,
            fleet -> fleet.service(Fleet.MISSING).get("/status/{code}", 200)),
        new Example(
            "The target's fetch returns no Response: a GET may be sent again, so it is",
            "client.service(\"NO_RESPONSE_SYNC\").get(\"/status/{code}\", 200).execute()",
            Fleet.NO_RESPONSE,
            fleet -> fleet.service(Fleet.NO_RESPONSE).get("/status/{code}", 200)),
        new Example(
            "The same on a POST: the target has run, so the call stops",
            "client.service(\"NO_RESPONSE_SYNC\").post(\"/orders\").body(order, \"application/json\")"
                + ".execute()",
            Fleet.NO_RESPONSE,
            fleet ->
                fleet
                    .service(Fleet.NO_RESPONSE)
                    .post("/orders")
                    .body("{\"item\":\"tea\"}", "application/json")),
        new Example(
            "Error 1042 on both routes: one exception that tells of both",
            "client.service(\"GONE\").get(\"/status/{code}\", 200).execute()",
            Fleet.GONE,
            fleet -> fleet.service(Fleet.GONE).get("/status/{code}", 200)));
  }

  /**
   * One call.
   *
   * @param code what a user would write
   * @param service the service that it is made to
   */
  record Example(
      String title, String code, String service, Function<Fleet, WorkerRequest> request) {}
}
