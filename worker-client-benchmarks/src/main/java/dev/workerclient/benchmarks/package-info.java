/** What parts of the client cost, without a network. Not published. */
@NullMarked
package dev.workerclient.benchmarks;

import org.jspecify.annotations.NullMarked;
