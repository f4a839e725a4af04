package dev.workerclient.examples.health;

import dev.workerclient.mockserver.MockAnswer;

/** An error in Cloudflare's form whose ray id is markup. */
final class HostileText {
  static final String MARKUP = "<script>document.title='run'</script><img src=x onerror=alert(1)>";

  private HostileText() {}

  static MockAnswer answer() {
    return MockAnswer.json(
            """
            {"cloudflare_error":true,"error_code":1102,"ray_id":"%s"}"""
                .formatted(MARKUP))
        .withStatus(500);
  }
}
