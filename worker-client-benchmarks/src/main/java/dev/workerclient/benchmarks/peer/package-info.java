/** Who calls a service in trouble, each as one would write it by hand. */
@NullMarked
package dev.workerclient.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
