/**
 * A call from its request to its answer: deadline, the chain of routes, the resend rule, the report
 * of what failed. {@link dev.workerclient.internal.call.CallPath} shows the order of it all.
 *
 * <p>Imports {@code internal.route}, {@code internal.http}, {@code internal.classify} and {@code
 * error}. Internal: not for users.
 */
@NullMarked
package dev.workerclient.internal.call;

import org.jspecify.annotations.NullMarked;
