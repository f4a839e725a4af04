/** How results are written: Markdown tables, and charts in SVG. */
@NullMarked
package dev.workerclient.benchmarks.page;

import org.jspecify.annotations.NullMarked;
