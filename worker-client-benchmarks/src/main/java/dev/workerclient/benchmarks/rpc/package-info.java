/** RPC through the real binding proxy on the real runtime, where it is installed. */
@NullMarked
package dev.workerclient.benchmarks.rpc;

import org.jspecify.annotations.NullMarked;
