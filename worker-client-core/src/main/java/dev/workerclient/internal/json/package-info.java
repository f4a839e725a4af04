/**
 * Errors and reports as JSON: the one place that says how they are written and read, for the codec
 * modules and whoever else shows them. First as maps of plain values, then as bytes.
 *
 * <p>Stands on top of everything: imports what users hold, and is imported by nothing in core.
 * Internal: not for users.
 */
@NullMarked
package dev.workerclient.internal.json;

import org.jspecify.annotations.NullMarked;
