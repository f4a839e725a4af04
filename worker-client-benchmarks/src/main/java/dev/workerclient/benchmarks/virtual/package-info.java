/**
 * A thousand virtual threads, in a JVM of its own that has them; reached by reflection, for Java
 * 17.
 */
@NullMarked
package dev.workerclient.benchmarks.virtual;

import org.jspecify.annotations.NullMarked;
