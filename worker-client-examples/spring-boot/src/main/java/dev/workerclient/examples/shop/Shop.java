package dev.workerclient.examples.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.service.registry.ImportHttpServices;

/** The application: all that it needs to call Workers stands in application.yaml. */
@SpringBootApplication
@ImportHttpServices(group = "orders", types = Orders.class)
public class Shop {
  /** Starts it. */
  public static void main(String[] arguments) {
    SpringApplication.run(Shop.class, arguments);
  }
}
