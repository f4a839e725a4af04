/** What becomes of a POST when the server has closed the idle connection. */
@NullMarked
package dev.workerclient.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
