package dev.workerclient;

import dev.workerclient.internal.engine.ServiceEngine;
import java.util.List;

/** What all requests to one service share. Immutable. */
final class ServiceContext {
  final ServiceEngine engine;
  final Codec codec;
  final List<CallListener> listeners;

  ServiceContext(ServiceEngine engine, Codec codec, List<CallListener> listeners) {
    this.engine = engine;
    this.codec = codec;
    this.listeners = listeners;
  }
}
