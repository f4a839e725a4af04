/**
 * One attempt: one HTTP exchange by an OkHttp client that never repeats, follows, caches or
 * authenticates behind our back, under one timer, with bounded bodies.
 *
 * <p>Imports {@code internal.classify} and {@code error}. Internal: not for users.
 */
@NullMarked
package dev.workerclient.internal.http;

import org.jspecify.annotations.NullMarked;
