import com.example.shop.carts.Cart;
import com.example.shop.catalog.CatalogApi;
import com.example.shop.catalog.CatalogApi.Item;
import com.example.shop.catalog.CatalogApi.ItemState;
import com.example.shop.orders.Orders;
import com.example.shop.orders.Orders.Order;
import com.example.shop.orders.Orders.Receipt;
import dev.workerclient.WorkerClient;
import dev.workerclient.config.WorkerClientConfig;
import dev.workerclient.rpc.Rpc;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What is written by hand: calls of the three Workers, by the generated interfaces and configuration. */
public final class Shop {
  public static List<String> call(Path workers, Function<String, String> secrets) {
    try (WorkerClient client = WorkerClientConfig.of(workers).secrets(secrets::apply).builder().build()) {
      String health = client.service("ORDERS").get("/v1/health").execute().string();

      CatalogApi catalog = Rpc.of(client.service("CATALOG"), CatalogApi.class);
      Item apple =
          catalog.find("a").stream().filter(item -> item.state() == ItemState.IN_STOCK).findFirst().orElseThrow();

      Cart cart = Rpc.of(client.service("CARTS").durableObject("ada"), Cart.class);
      cart.add("pear");
      List<String> items = cart.add(apple.sku());

      Receipt receipt =
          Rpc.of(client.service("ORDERS"), Orders.class).place(new Order(apple.sku(), items.size(), null));
      return List.of(health, items.toString(), receipt.id(), receipt.total().toString(), receipt.at().toString());
    }
  }
}
