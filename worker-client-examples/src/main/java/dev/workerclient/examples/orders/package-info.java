/**
 * An application's service that calls a Worker, and is tested with MockWorkers and on the real
 * runtime; see docs/testing.md.
 */
@NullMarked
package dev.workerclient.examples.orders;

import org.jspecify.annotations.NullMarked;
