/** What the tests of the examples share. */
@NullMarked
package dev.workerclient.examples;

import org.jspecify.annotations.NullMarked;
