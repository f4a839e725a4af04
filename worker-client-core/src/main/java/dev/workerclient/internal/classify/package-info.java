/**
 * Answer or failure? Pure functions from a response's status, headers and first bytes to a {@link
 * dev.workerclient.internal.classify.Failure}, and the tables of codes they read.
 *
 * <p>Imports {@code dev.workerclient.error} alone; does no I/O and keeps no state. Internal: not
 * for users.
 */
@NullMarked
package dev.workerclient.internal.classify;

import org.jspecify.annotations.NullMarked;
