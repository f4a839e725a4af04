package dev.workerclient;

import static dev.workerclient.RouteKind.BINDING_PROXY;
import static dev.workerclient.RouteKind.CUSTOM_DOMAIN;
import static dev.workerclient.TestRoute.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A route by its constant, beside its name. */
class RouteKindTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private WorkerService service(RouteKind first, RouteKind... further) {
    return fleet.service(
        fleet
            .builder()
            .service(
                "ORDERS", own -> own.customDomain(fleet.domain().url()).routes(first, further)),
        "ORDERS");
  }

  @Test
  void theOrderOfRoutesIsSetByConstants() {
    fleet.domain().answers(plain(200, "{}"));

    WorkerResponse response = service(CUSTOM_DOMAIN, BINDING_PROXY).get("/").execute();

    assertThat(RouteKind.of(response.route())).isEqualTo(CUSTOM_DOMAIN);
    assertThat(fleet.domain().requests()).hasSize(1);
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @Test
  void aRouteThatIsNotListedIsNotUsed() {
    DiagnosisReport report = service(CUSTOM_DOMAIN).diagnose();

    assertThat(report.route(CUSTOM_DOMAIN)).isEqualTo(report.route("custom-domain"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> report.route(BINDING_PROXY))
        .withMessageContaining("binding-proxy");
    assertThat(fleet.proxy().requests()).isEmpty();
  }

  @Test
  void aRouteThatIsListedTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service(CUSTOM_DOMAIN, CUSTOM_DOMAIN))
        .withMessageContaining("[custom-domain, custom-domain]");
  }

  @Test
  void eachConstantStandsForItsName() {
    assertThat(RouteKind.values())
        .extracting(RouteKind::routeName)
        .containsExactly("binding-proxy", "custom-domain");
    for (RouteKind kind : RouteKind.values()) {
      assertThat(RouteKind.of(kind.routeName())).isEqualTo(kind);
      assertThat(kind).hasToString(kind.routeName());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RouteKind.of("CUSTOM_DOMAIN"))
        .withMessage(
            "no route is named \"CUSTOM_DOMAIN\"; there are binding-proxy and custom-domain");
  }
}
