/** What callers notice when a connection of HTTP/2 goes silent without being closed. */
@NullMarked
package dev.workerclient.benchmarks.silent;

import org.jspecify.annotations.NullMarked;
