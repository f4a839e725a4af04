package dev.workerclient.examples.shop;

import java.time.Instant;

/** What the Worker ORDERS answers. */
public record Order(String id, int cents, Instant placedAt) {}
