/** What callers are answered when a service fails now and then, or for a while. */
@NullMarked
package dev.workerclient.benchmarks.brownout;

import org.jspecify.annotations.NullMarked;
