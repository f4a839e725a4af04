package dev.workerclient.internal.rpc;

/** Marks the proxies of interfaces, which stand for what a Worker will return. */
public interface Remote {}
