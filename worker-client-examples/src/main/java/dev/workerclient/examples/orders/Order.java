package dev.workerclient.examples.orders;

/** An order as the Worker keeps it. */
public record Order(String id, String item, int count) {}
