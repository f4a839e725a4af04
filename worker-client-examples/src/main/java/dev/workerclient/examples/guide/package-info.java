/**
 * The code of README.md and docs, so that it compiles. {@code SnippetsTest} fails if a page and
 * this package differ.
 */
@NullMarked
package dev.workerclient.examples.guide;

import org.jspecify.annotations.NullMarked;
