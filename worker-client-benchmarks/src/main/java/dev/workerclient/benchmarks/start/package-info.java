/** What a client costs before its first answer: time, classes, jars. */
@NullMarked
package dev.workerclient.benchmarks.start;

import org.jspecify.annotations.NullMarked;
