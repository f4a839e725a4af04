/** What callers notice when the first of two routes fails. */
@NullMarked
package dev.workerclient.benchmarks.failure;

import org.jspecify.annotations.NullMarked;
