/** What the client and its parts cost, beside other clients. Not published. */
@NullMarked
package dev.workerclient.benchmarks;

import org.jspecify.annotations.NullMarked;
