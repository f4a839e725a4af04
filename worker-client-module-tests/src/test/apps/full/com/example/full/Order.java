package com.example.full;

/** A body. */
public record Order(String id, int cents) {}
