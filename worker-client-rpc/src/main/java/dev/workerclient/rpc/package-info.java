/**
 * Typed RPC: call the methods of a Worker or Durable Object through a Java interface. Start with
 * {@link dev.workerclient.rpc.Rpc}.
 *
 * <p>The protocol is Cap'n Web, Cloudflare's RPC protocol for callers outside Workers. Calls over
 * HTTP use the same routes, deadlines, circuit breakers and retries as any other call of the
 * client. Calls over a WebSocket belong to an {@link dev.workerclient.rpc.RpcSession}.
 */
@NullMarked
package dev.workerclient.rpc;

import org.jspecify.annotations.NullMarked;
