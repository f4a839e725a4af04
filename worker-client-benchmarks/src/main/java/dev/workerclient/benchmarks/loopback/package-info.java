/**
 * Clients side by side over loopback. Their short turns follow one another in an order that
 * rotates, so that noise hits all alike, and each is compared with raw OkHttp's turn of the same
 * round.
 */
@NullMarked
package dev.workerclient.benchmarks.loopback;

import org.jspecify.annotations.NullMarked;
