/**
 * Ours, raw OkHttp and the peers, each as one would write it by hand and with the same features.
 */
@NullMarked
package dev.workerclient.benchmarks.client;

import org.jspecify.annotations.NullMarked;
