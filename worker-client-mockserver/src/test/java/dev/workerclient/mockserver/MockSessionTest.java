package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.RouteKind;
import dev.workerclient.WorkerService;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBlob;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcProperty;
import dev.workerclient.rpc.RpcSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that a Java object answers. */
@Timeout(60)
class MockSessionTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  interface Shop {
    String hello(String name);

    @RpcName("hello")
    CompletableFuture<String> helloAsync(String name);

    RpcPromise<String> shout(RpcPromise<String> text);

    Cart cart();

    RpcPromise<Cart> cartLater();

    int itemsIn(Cart cart);

    void watch(Watcher watcher);

    @Nullable String fails(String how);

    CompletableFuture<String> never();

    InputStream export();

    int load(InputStream csv);

    OutputStream archive();

    String archived();
  }

  interface Cart extends AutoCloseable {
    int add(String item);

    @RpcName("add")
    RpcPromise<Integer> addLater(String item);

    RpcPromise<Receipt> order();

    @RpcProperty
    RpcPromise<List<String>> items();

    @Override
    void close();
  }

  @FunctionalInterface
  interface Watcher {
    String on(String event);
  }

  record Receipt(String owner, List<String> items) {}

  /** What a test writes. */
  private static final class FakeShop implements Shop {
    final List<FakeCart> carts = new CopyOnWriteArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final CountDownLatch asked = new CountDownLatch(1);
    final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    volatile @Nullable Watcher watcher;

    @Override
    public String hello(String name) {
      return "hello " + name;
    }

    @Override
    public CompletableFuture<String> helloAsync(String name) {
      return CompletableFuture.supplyAsync(() -> hello(name));
    }

    @Override
    public RpcPromise<String> shout(RpcPromise<String> text) {
      return RpcPromise.of(text.join() + "!");
    }

    @Override
    public Cart cart() {
      FakeCart cart = new FakeCart();
      carts.add(cart);
      return cart;
    }

    @Override
    public RpcPromise<Cart> cartLater() {
      return RpcPromise.of(cart());
    }

    @Override
    public int itemsIn(Cart cart) {
      return carts.contains(cart) ? ((FakeCart) cart).items.size() : -1;
    }

    @Override
    public void watch(Watcher given) {
      watcher = given;
      for (String event : List.of("placed", "paid")) {
        heard.add(given.on(event));
      }
    }

    @Override
    public @Nullable String fails(String how) {
      switch (how) {
        case "assertion" -> throw new AssertionError("not as expected");
        case "later" -> throw new IllegalStateException("not today");
        default -> throw new IllegalArgumentException(how);
      }
    }

    @Override
    public CompletableFuture<String> never() {
      asked.countDown();
      return new CompletableFuture<>();
    }

    @Override
    public InputStream export() {
      return new ByteArrayInputStream(new byte[1_000_000]);
    }

    @Override
    public int load(InputStream csv) {
      try (csv) {
        return csv.readAllBytes().length;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public OutputStream archive() {
      return archive;
    }

    @Override
    public String archived() {
      return archive.toString(StandardCharsets.UTF_8);
    }
  }

  private static final class FakeCart implements Cart {
    final List<String> items = new CopyOnWriteArrayList<>();
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int add(String item) {
      items.add(item);
      return items.size();
    }

    @Override
    public RpcPromise<Integer> addLater(String item) {
      return RpcPromise.of(add(item));
    }

    @Override
    public RpcPromise<Receipt> order() {
      return RpcPromise.of(new Receipt("ann", items));
    }

    @Override
    public RpcPromise<List<String>> items() {
      return RpcPromise.of(items);
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private final FakeShop fake = new FakeShop();

  @ParameterizedTest
  @EnumSource
  void isAnsweredOverEitherRoute(RouteKind kind) throws Exception {
    try (RpcSession session = open(kind)) {
      assertThat(session.route()).isEqualTo(kind.routeName());
      Shop shop = session.of(Shop.class);
      assertThat(shop.hello("you")).isEqualTo("hello you");
      assertThat(shop.helloAsync("you").get()).isEqualTo("hello you");
    }
    MockService service = workers.service("SHOP");
    assertThat(service.executions()).isEqualTo(1);
    assertThat(route(service, kind).requests())
        .singleElement()
        .satisfies(
            opening -> {
              assertThat(opening.method()).isEqualTo("GET");
              assertThat(opening.header("Upgrade")).isEqualTo("websocket");
            });
  }

  @ParameterizedTest
  @EnumSource
  void objectsStayAndTheirCallsRunInOrder(RouteKind kind) throws Exception {
    try (RpcSession session = open(kind)) {
      Shop shop = session.of(Shop.class);
      Cart cart = shop.cart();
      List<RpcPromise<Integer>> added =
          IntStream.range(0, 50).mapToObj(i -> cart.addLater("item-" + i)).toList();
      assertThat(cart.order().get("owner", String.class).join()).isEqualTo("ann");
      assertThat(added.stream().map(RpcPromise::join).toList())
          .isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
      assertThat(cart.items().join())
          .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "item-" + i).toList());
      cart.close();
      assertThat(fake.carts.get(0).closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void promisesAndObjectsAreArguments() {
    try (RpcSession session = open(RouteKind.CUSTOM_DOMAIN)) {
      Shop shop = session.of(Shop.class);
      try (Cart cart = shop.cart();
          Cart joined = shop.cartLater().join()) {
        assertThat(cart.add("apple")).isEqualTo(1);
        assertThat(joined.add("pear")).isEqualTo(1);
        RpcPromise<Receipt> receipt = cart.order();
        assertThat(shop.shout(receipt.get("owner", String.class)).join()).isEqualTo("ann!");
        assertThat(shop.itemsIn(cart)).isEqualTo(1);
        assertThat(shop.itemsIn(joined)).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theObjectCallsBackAlsoLater(RouteKind kind) {
    try (RpcSession session = open(kind)) {
      List<String> events = new ArrayList<>();
      session
          .of(Shop.class)
          .watch(
              event -> {
                events.add(event);
                return "heard " + event;
              });
      assertThat(events).containsExactly("placed", "paid");
      assertThat(fake.heard).containsExactly("heard placed", "heard paid");
      Watcher watcher = fake.watcher;
      assertThat(watcher).isNotNull();
      assertThat(watcher.on("sent")).isEqualTo("heard sent");
    }
  }

  @Test
  void whatTheCallerThrowsTheObjectSees() {
    try (RpcSession session = open(RouteKind.CUSTOM_DOMAIN)) {
      WorkerRpcException e =
          catchThrowableOfType(
              WorkerRpcException.class,
              () ->
                  session
                      .of(Shop.class)
                      .watch(
                          event -> {
                            throw new IllegalStateException("no " + event);
                          }));
      assertThat(e.remoteMessage()).isEqualTo("no placed");
    }
  }

  @Test
  void whatTheObjectThrowsTheCallThrowsAndTheSessionGoesOn() {
    try (RpcSession session = open(RouteKind.BINDING_PROXY)) {
      Shop shop = session.of(Shop.class);
      assertThat(thrown(shop, "later").remoteMessage()).isEqualTo("not today");
      assertThat(thrown(shop, "assertion").remoteMessage()).contains("not as expected");
      assertThat(shop.hello("you")).isEqualTo("hello you");
    }
  }

  private static WorkerRpcException thrown(Shop shop, String how) {
    return catchThrowableOfType(WorkerRpcException.class, () -> shop.fails(how));
  }

  @Test
  void streamsGoBothWays() throws IOException {
    try (RpcSession session = open(RouteKind.CUSTOM_DOMAIN)) {
      Shop shop = session.of(Shop.class);
      try (InputStream in = shop.export()) {
        assertThat(in.readAllBytes()).hasSize(1_000_000);
      }
      assertThat(shop.load(new ByteArrayInputStream(new byte[1_000_000]))).isEqualTo(1_000_000);
      try (OutputStream out = shop.archive()) {
        out.write("written".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(shop.archived()).isEqualTo("written");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTestSeesWhichMethodsWereCalledWithWhat(RouteKind kind) {
    try (RpcSession session = open(kind)) {
      Shop shop = session.of(Shop.class);
      assertThat(shop.hello("you")).isEqualTo("hello you");
      try (Cart cart = shop.cart()) {
        assertThat(cart.add("apple")).isEqualTo(1);
        assertThat(cart.items().join()).containsExactly("apple");
        assertThat(shop.shout(cart.order().get("owner", String.class)).join()).isEqualTo("ann!");
      }
      assertThat(thrown(shop, "later").remoteMessage()).isEqualTo("not today");
    }
    assertThat(workers.service("SHOP").rpcCalls())
        .containsExactly(
            new RpcCall("hello", List.of("you")),
            new RpcCall("cart", List.of()),
            new RpcCall("add", List.of("apple")),
            new RpcCall("items", List.of()),
            new RpcCall("order", List.of()),
            new RpcCall("shout", List.of("ann")),
            new RpcCall("fails", List.of("later")))
        .first()
        .hasToString("hello(you)");
    workers.reset();
    assertThat(workers.service("SHOP").rpcCalls()).isEmpty();
  }

  interface Parcels {
    RpcBlob scan(RpcBlob label);

    void refuse(String reason);
  }

  @Test
  void blobsGoBothWays() throws IOException {
    Parcels fakeParcels =
        new Parcels() {
          @Override
          public RpcBlob scan(RpcBlob label) {
            return new RpcBlob(label.type() + "; charset=utf-8", label.content());
          }

          @Override
          public void refuse(String reason) {}
        };
    workers.service("PARCELS").rpc(fakeParcels).customDomain();
    try (RpcSession session = Rpc.session(workers.client().service("PARCELS"))) {
      InputStream content = new ByteArrayInputStream(new byte[300_000]);
      RpcBlob scanned = session.of(Parcels.class).scan(new RpcBlob("text/plain", content));
      assertThat(scanned.type()).isEqualTo("text/plain; charset=utf-8");
      try (InputStream in = scanned.content()) {
        assertThat(in.readAllBytes()).hasSize(300_000);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTestChoosesNameAndPropertiesOfAnError(RouteKind kind) {
    ServiceError unused = ServiceError.builder("", "", "WORKER_RPC").build();
    Parcels fakeParcels =
        new Parcels() {
          @Override
          public RpcBlob scan(RpcBlob label) {
            return label;
          }

          @Override
          public void refuse(String reason) {
            throw new WorkerRpcException(
                unused, "RangeError", reason, Map.of("code", 7, "tags", List.of("a", "b")));
          }
        };
    MockRoute opened = route(workers.service("PARCELS").rpc(fakeParcels), kind);
    try (RpcSession session = Rpc.session(workers.client().service("PARCELS"))) {
      Parcels parcels = session.of(Parcels.class);
      WorkerRpcException e =
          catchThrowableOfType(WorkerRpcException.class, () -> parcels.refuse("too heavy"));
      assertThat(e.remoteType() + ": " + e.remoteMessage()).isEqualTo("RangeError: too heavy");
      assertThat(e.properties()).isEqualTo(Map.of("code", 7, "tags", List.of("a", "b")));
      assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
    }
    assertThat(opened.executions()).isEqualTo(1);
  }

  /** Of some names the Worker's comes first in no order but that of the rule. */
  interface Variants {
    @RpcName("find")
    String aFind(int id);

    String find(int id);

    @RpcName("find")
    String zFind(int id);

    @RpcName("find")
    String find(int id, String hint);

    @RpcName("count")
    String second(int number);

    @RpcName("count")
    String first(int number);

    @RpcName("count")
    String none();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofSeveralMethodsOfANameThatWithTheArgumentsIsCalledAndTheJavaNameDecides(boolean batches) {
    workers.service("VARIANTS").rpc(new FakeVariants()).customDomain();
    WorkerService service = workers.client().service("VARIANTS");
    try (RpcSession session = Rpc.session(service)) {
      Variants variants = batches ? Rpc.of(service, Variants.class) : session.of(Variants.class);
      assertThat(variants.aFind(1)).isEqualTo("find");
      assertThat(variants.find(1)).isEqualTo("find");
      assertThat(variants.zFind(1)).isEqualTo("find");
      assertThat(variants.find(1, "x")).isEqualTo("find with a hint");
      assertThat(variants.second(1)).isEqualTo("first");
      assertThat(variants.none()).isEqualTo("none");
    }
  }

  private static final class FakeVariants implements Variants {
    @Override
    public String aFind(int id) {
      return "aFind";
    }

    @Override
    public String find(int id) {
      return "find";
    }

    @Override
    public String zFind(int id) {
      return "zFind";
    }

    @Override
    public String find(int id, String hint) {
      return "find with a hint";
    }

    @Override
    public String second(int number) {
      return "second";
    }

    @Override
    public String first(int number) {
      return "first";
    }

    @Override
    public String none() {
      return "none";
    }
  }

  @Test
  void mapIsRefusedWithWhatToUseInstead() {
    try (RpcSession session = open(RouteKind.CUSTOM_DOMAIN)) {
      Shop shop = session.of(Shop.class);
      RpcPromise<List<String>> shouted = shop.cart().items().mapPromise(String.class, shop::shout);
      WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, shouted::join);
      assertThat(e.remoteMessage()).contains("MockWorkers does not run map(…)");
    }
  }

  @Test
  void durableObjectsAnswerToo() {
    workers.service("SHOP").rpc(fake).durableObject("room-1");
    WorkerService room = workers.client().service("SHOP").durableObject("room-1");
    try (RpcSession session = Rpc.session(room)) {
      assertThat(session.of(Shop.class).hello("you")).isEqualTo("hello you");
    }
    assertThat(workers.service("SHOP").durableObject("room-1").requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatTheTestBreaksEndsItsCallsInFlight(RouteKind kind) throws Exception {
    try (RpcSession session = open(kind)) {
      BlockingQueue<WorkerException> broken = new LinkedBlockingQueue<>();
      session.onBroken(broken::add);
      Shop shop = session.of(Shop.class);
      CompletableFuture<String> inFlight = shop.never();
      assertThat(fake.asked.await(10, TimeUnit.SECONDS)).isTrue();

      workers.service("SHOP").breakSessions();

      assertThat(broken.poll(10, TimeUnit.SECONDS)).isInstanceOf(WorkerConnectionException.class);
      assertThatThrownBy(() -> inFlight.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              WorkerConnectionException.class,
              e -> assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN));
      WorkerConnectionException later =
          catchThrowableOfType(WorkerConnectionException.class, () -> shop.hello("you"));
      assertThat(later.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
    }
    try (RpcSession next = Rpc.session(workers.client().service("SHOP"))) {
      assertThat(next.of(Shop.class).hello("again")).isEqualTo("hello again");
    }
  }

  @Test
  void aSessionThatTheClientClosesLetsGoOfTheObjects() throws Exception {
    RpcSession session = open(RouteKind.CUSTOM_DOMAIN);
    assertThat(session.of(Shop.class).cart().add("apple")).isEqualTo(1);
    session.close();
    assertThat(fake.carts.get(0).closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aResetEndsSessions() throws Exception {
    try (RpcSession session = open(RouteKind.BINDING_PROXY)) {
      BlockingQueue<WorkerException> broken = new LinkedBlockingQueue<>();
      session.onBroken(broken::add);
      workers.reset();
      assertThat(broken.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void aMockThatIsClosedEndsSessions() throws Exception {
    BlockingQueue<WorkerException> broken = new LinkedBlockingQueue<>();
    try (MockWorkers mock = MockWorkers.start()) {
      mock.service("SHOP").rpc(fake);
      Rpc.session(mock.client().service("SHOP")).onBroken(broken::add);
    }
    assertThat(broken.poll(10, TimeUnit.SECONDS)).isInstanceOf(WorkerConnectionException.class);
  }

  @Test
  void aFaultOfTheRouteMeetsTheOpening() {
    workers.service("SHOP").rpc(fake).binding().fails(Fault.bindingMissing());
    WorkerException e =
        catchThrowableOfType(
            WorkerException.class, () -> Rpc.session(workers.client().service("SHOP")).close());
    assertThat(e).isInstanceOf(BindingNotFoundException.class);
    assertThat(workers.service("SHOP").executions()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void anOpeningThatBreaksIsRepeated(RouteKind kind) {
    MockService service = workers.service("SHOP");
    route(service, kind).fails(Fault.resetBeforeRead()).times(1);
    try (RpcSession session = open(kind)) {
      assertThat(session.of(Shop.class).hello("you")).isEqualTo("hello you");
    }
    assertThat(route(service, kind).requests()).hasSize(2);
    assertThat(service.executions()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void anOpeningThatHangsIsATimeout(RouteKind kind) {
    MockService service =
        workers
            .service("SHOP")
            .rpc(fake)
            .clientSettings(
                own ->
                    own.attemptTimeout(Duration.ofSeconds(1)).callTimeout(Duration.ofSeconds(1)));
    route(service, kind).fails(Fault.hang());
    WorkerService shop = workers.client().service("SHOP");
    assertThat(catchThrowableOfType(WorkerTimeoutException.class, () -> Rpc.session(shop).close()))
        .isNotNull();
  }

  private static MockRoute route(MockService service, RouteKind kind) {
    return kind == RouteKind.BINDING_PROXY ? service.binding() : service.customDomain();
  }

  private RpcSession open(RouteKind kind) {
    MockRoute unused = route(workers.service("SHOP").rpc(fake), kind);
    assertThat(unused.requests()).isEmpty();
    return Rpc.session(workers.client().service("SHOP"));
  }
}
