/** What the library's parts cost without a network, by JMH. */
@NullMarked
package dev.workerclient.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
