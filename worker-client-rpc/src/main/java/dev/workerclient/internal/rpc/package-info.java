/**
 * Values and messages of Cap'n Web, Cloudflare's RPC protocol, as the official library {@code
 * capnweb} writes them. Imports Jackson, and nothing of ours. ServedSessions is where
 * worker-client-mockserver gets the server's end of a session.
 */
@NullMarked
package dev.workerclient.internal.rpc;

import org.jspecify.annotations.NullMarked;
