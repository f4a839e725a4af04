package dev.workerclient.examples.shop;

/** What the Worker CATALOG answers. */
public record Item(String id, String title) {}
