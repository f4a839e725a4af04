/** What grows with the work, and what must not. */
@NullMarked
package dev.workerclient.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
