/**
 * Typed RPC: the methods of a Worker or Durable Object as a Java interface, several calls in one
 * round trip. {@link dev.workerclient.rpc.Rpc} is where to begin.
 *
 * <p>The wire is Cap'n Web, Cloudflare's own RPC protocol for callers outside: over HTTP, where
 * calls take the same routes, deadlines, breakers and rules as every other call of the client, and
 * over a WebSocket, {@link dev.workerclient.rpc.RpcSession}.
 */
@NullMarked
package dev.workerclient.rpc;

import org.jspecify.annotations.NullMarked;
