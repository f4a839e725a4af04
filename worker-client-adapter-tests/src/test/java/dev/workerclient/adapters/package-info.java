/** What every adapter of another HTTP client keeps: the resend rule, and requests as they were. */
@NullMarked
package dev.workerclient.adapters;

import org.jspecify.annotations.NullMarked;
