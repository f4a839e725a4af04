package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.orders.Address;
import com.acme.orders.Orders;
import com.acme.orders.Orders.Cart;
import com.acme.orders.Orders.Envelope;
import com.acme.orders.Orders.Line;
import com.acme.orders.Orders.ListOptions;
import com.acme.orders.Orders.ListResult;
import com.acme.orders.Orders.Odd;
import com.acme.orders.Orders.Order;
import com.acme.orders.Orders.OrderSummary;
import com.acme.orders.Orders.PageOfOrderSummary;
import com.acme.orders.Orders.Patch;
import com.acme.orders.Orders.Payment;
import com.acme.orders.Orders.PaymentCard;
import com.acme.orders.Orders.PaymentInvoice;
import com.acme.orders.Orders.PaymentVoucher;
import com.acme.orders.Orders.Photo;
import com.acme.orders.Orders.Priority;
import com.acme.orders.Orders.ResultFalse;
import com.acme.orders.Orders.ResultTrue;
import com.acme.orders.Orders.RoundCircle;
import com.acme.orders.Orders.RoundEllipse;
import com.acme.orders.Orders.Shape;
import com.acme.orders.Orders.ShapeGroup;
import com.acme.orders.Orders.StatusStatus;
import com.acme.orders.Orders.Tree;
import com.acme.orders.Rooms;
import com.acme.orders.Status;
import dev.workerclient.WorkerClient;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.workerd.WorkerdServer;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A Worker in TypeScript called by the Java interfaces that {@code fleet rpc} made of it: each type
 * there and back. Its sources and the interfaces are in {@code fleet-tools/test/rpc}.
 */
@Tag("workerd")
class GeneratedRpcRealRuntimeTest {
  private static final String TOKEN = "token-of-a-test-0123456789-0123456789";
  private static final String BINDINGS =
      """
      {
        "ORDERS": {
          "kind": "service",
          "methods": {
            "find": {}, "echo": {}, "summary": {}, "patch": {}, "list": {}, "page": {}, "pay": {},
            "payAll": {}, "kinds": {}, "card": {}, "group": {}, "round": {}, "envelope": {}, "tryIt": {}, "status": {}, "statusCode": {}, "next": {},
            "count": {}, "bytes": {}, "photo": {}, "buffer": {}, "when": {}, "big": {}, "flags": {}, "byId": {},
            "counts": {}, "corner": {}, "anything": {}, "odd": {}, "tree": {}, "address": {},
            "middle": {}, "new": {}, "hashCode": {}, "get": {}, "ping": {},
            "cart": { "returns": { "add": {}, "total": {}, "child": { "returns": { "total": {} } } } }
          }
        },
        "ROOMS": { "kind": "durable-object", "methods": ["join", "leave", "where"] }
      }
      """;
  private static final Line LINE = new Line("A", 2, 1.5, List.of("new"));
  private static final Address HOME = new Address("Main Street 1", "Berlin", null);

  private static WorkerdServer workerd;
  private static WorkerClient client;
  private static Orders orders;

  @BeforeAll
  static void start() {
    Installed runtime =
        new Installed(
            "newest workerd", Installed.inProxyFolder("node_modules/workerd/bin/workerd"));
    runtime.require();
    InstalledWrangler wrangler = InstalledWrangler.NEWEST.required();
    workerd =
        WorkerdServer.builder()
            .binary(runtime.binary())
            .fromWrangler(
                Path.of("../fleet-tools/test/rpc/worker/wrangler.jsonc"),
                project -> project.wrangler(wrangler.folder()).node(wrangler.node()))
            .bindingProxy(
                TOKEN,
                proxy ->
                    proxy
                        .script(Installed.inProxyFolder("dist/binding-proxy.js"))
                        .service("ORDERS", "orders", "Orders")
                        .durableObject("ROOMS", "Rooms", "orders")
                        .jsonBinding("BINDINGS", BINDINGS))
            .start();
    client =
        WorkerClient.builder()
            .bindingProxy(workerd.url("binding-proxy"), proxy -> proxy.bearerToken(TOKEN))
            .service("ORDERS")
            .service("ROOMS")
            .build();
    orders = Rpc.of(client.service("ORDERS"), Orders.class);
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (workerd != null) {
      workerd.close();
    }
  }

  @Test
  void recordsComeAndGo() {
    Order order =
        new Order(
            "ORD-7",
            Status.SHIPPED,
            List.of(LINE),
            Instant.ofEpochMilli(1_700_000_000_000L),
            new BigInteger("12345678901234567890"),
            null,
            null,
            null);
    assertThat(orders.find("ORD-7")).isEqualTo(order);
    assertThat(orders.find("none")).isNull();
    assertThat(orders.echo(order)).isEqualTo(order);
    assertThat(orders.summary("a")).isEqualTo(new OrderSummary("a", Status.PAID));
    assertThat(orders.patch(new Patch(null, "SAVE10", "a")))
        .isEqualTo(new Patch(null, "SAVE10", "a"));
    assertThat(orders.page("next"))
        .isEqualTo(new PageOfOrderSummary(List.of(new OrderSummary("a", Status.PAID)), "next"));
    assertThat(orders.page(null).next()).isNull();
    Tree leaf = new Tree("leaf", List.of());
    assertThat(orders.tree(leaf)).isEqualTo(new Tree("root", List.of(leaf)));
    Odd odd = new Odd("a", 1, "text/plain", true, "b", "https://x/", "#/1", "first");
    assertThat(orders.odd(odd)).isEqualTo(odd);
  }

  @Test
  void unionsAreToldApartByTheirMember() {
    List<Payment> payments =
        List.of(
            new PaymentCard("4111", Instant.ofEpochMilli(1000)),
            new PaymentInvoice(14, HOME),
            new PaymentInvoice(30, null),
            new PaymentVoucher());
    for (Payment payment : payments) {
      assertThat(orders.pay(payment)).isEqualTo(payment);
    }
    Payment paid = orders.pay(new PaymentInvoice(14, HOME));
    if (paid instanceof PaymentInvoice invoice) {
      assertThat(invoice.days()).isEqualTo(14);
    }
    assertThat(orders.payAll(payments)).isEqualTo(payments);
    assertThat(orders.kinds(payments)).containsExactly("card", "invoice", "invoice", "voucher");
    assertThat(orders.tryIt(2)).isEqualTo(new ResultTrue(2));
    assertThat(orders.tryIt(-1)).isEqualTo(new ResultFalse("negative"));
    assertThat(orders.tryIt(-1).ok()).isFalse();
  }

  @Test
  void oneObjectCanBeOfSeveralUnions() {
    RoundCircle circle = new RoundCircle(1.5);
    RoundEllipse ellipse = new RoundEllipse(List.of(1.0, 2.0));
    Map<String, @Nullable Shape> named = new HashMap<>();
    named.put("first", circle);
    named.put("none", null);
    assertThat(orders.group(circle)).isEqualTo(new ShapeGroup(List.of(circle), named));
    assertThat(orders.round(ellipse)).isEqualTo(ellipse);
    assertThat(orders.round(orders.group(ellipse))).isNull();
    PaymentCard card = new PaymentCard("4111", Instant.EPOCH);
    assertThat(orders.card(card)).isEqualTo(card);
    assertThat(orders.envelope(new Envelope("a"))).isEqualTo(new Envelope("a 2"));
  }

  @Test
  void whatIsLeftOutIsNotThereForTheWorker() {
    assertThat(orders.list("q")).isEqualTo(new ListResult("q", 10, true, null));
    assertThat(orders.list("q", 5)).isEqualTo(new ListResult("q", 5, true, null));
    assertThat(orders.list("q", 5, new ListOptions(null, Status.OPEN)))
        .isEqualTo(new ListResult("q", 5, true, Status.OPEN));
    assertThat(orders.list("q", 5, new ListOptions(false, null)).newest()).isFalse();
    assertThat(orders.address(HOME)).isEqualTo("Main Street 1, no zip");
    assertThat(orders.middle("a", Optional.empty(), "b")).isEqualTo("a undefined b");
    assertThat(orders.middle("a", Optional.of(1.0), "b")).isEqualTo("a number b");
    assertThat(orders.count(2)).isZero();
    assertThat(orders.count(2, 1, 2, 3)).isEqualTo(6);
  }

  @Test
  void constantsComeAndGo() {
    assertThat(orders.status()).isNull();
    for (StatusStatus status : StatusStatus.values()) {
      assertThat(orders.status(status)).isEqualTo(status);
    }
    assertThat(orders.next(Priority.LOW)).isEqualTo(Priority.NORMAL);
    assertThat(orders.next(Priority.NORMAL)).isEqualTo(Priority.HIGH);
    assertThat(orders.statusCode(200)).isEqualTo(200);
  }

  @Test
  void valuesComeAndGo() {
    assertThat(orders.bytes(new byte[] {1, 2, -1})).containsExactly(-1, 2, 1);
    Photo photo = orders.photo(new Photo("a", new byte[] {1, 2}, null));
    assertThat(photo.content()).containsExactly(2, 1);
    assertThat(photo.thumbnail()).isNull();
    assertThat(orders.buffer()).containsExactly(1, 2, 3);
    assertThat(orders.when(Instant.EPOCH, 1.5)).isEqualTo("1970-01-02T12:00:00Z");
    assertThat(orders.big(BigInteger.TEN.pow(15))).isEqualTo(BigInteger.TEN.pow(30));
    assertThat(orders.flags(true, null)).isEqualTo(Arrays.asList(true, null));
    assertThat(orders.byId(List.of("a")))
        .isEqualTo(Map.of("a", new OrderSummary("a", Status.PAID)));
    assertThat(orders.counts()).containsEntry("open", 1.5).containsEntry("paid", null);
    assertThat(orders.corner()).containsExactly(1.0, 2.0);
    assertThat(orders.anything(Map.of("a", List.of(1)))).isEqualTo(Map.of("a", List.of(1)));
    assertThat(orders.anything(null)).isNull();
  }

  @Test
  void namesThatJavaHasNotAreTheWorkers() {
    orders.new_();
    assertThat(orders.hashCode_()).isEqualTo("of JavaScript");
    assertThat(orders.ping()).isEqualTo("pong");
  }

  @Test
  void objectsHaveMethodsOfTheirOwn() {
    assertThat(orders.cart("ann").add(LINE)).isEqualTo(1);
    assertThat(orders.cart("ann").child("bob").total())
        .isEqualTo(new Orders.CartTotalResult("ann/bob", 0));
    Rooms lobby = Rpc.of(client.service("ROOMS").durableObject("lobby"), Rooms.class);
    assertThat(lobby.where(Status.OPEN)).isEqualTo(new Address("Street of open", "Berlin", null));
    assertThat(lobby.join("ann")).isEqualTo(new Rooms.JoinResult("lobby", List.of("ann")));
    Cart unused = orders.cart("nobody");
    assertThat(unused).hasToString("Cart{cart}");
  }

  @Test
  void eachMethodCanBeAFuture() {
    com.acme.later.Rooms lobby =
        Rpc.of(client.service("ROOMS").durableObject("later"), com.acme.later.Rooms.class);
    assertThat(lobby.joinAsync("ann").join().members()).containsExactly("ann");
    assertThat(lobby.leaveAsync("ann").join()).isNull();
    lobby.leave("nobody");
    assertThat(lobby.join("bob").members()).containsExactly("bob");
    assertThat(lobby.whereAsync(com.acme.later.Rooms.Status.PAID).join().zip()).isNull();
  }
}
