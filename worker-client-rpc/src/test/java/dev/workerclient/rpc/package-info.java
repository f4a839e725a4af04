/** Tests of RPC without a real runtime; those on it are in the module of the mock server. */
@NullMarked
package dev.workerclient.rpc;

import org.jspecify.annotations.NullMarked;
