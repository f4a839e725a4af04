/**
 * The server that all clients call: a process of its own, so that nothing of it counts as theirs.
 */
@NullMarked
package dev.workerclient.benchmarks.server;

import org.jspecify.annotations.NullMarked;
