/**
 * The two ways to reach a service, the binding proxy and its custom domain: what a request to each
 * looks like, with which credentials, and which mark its answers carry.
 *
 * <p>Imports {@code internal.http}, {@code internal.classify} and {@code error}. Internal: not for
 * users.
 */
@NullMarked
package dev.workerclient.internal.route;

import org.jspecify.annotations.NullMarked;
