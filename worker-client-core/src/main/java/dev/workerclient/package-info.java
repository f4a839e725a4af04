/**
 * The public API: the client, its services, requests, responses and options.
 *
 * <p>Start at {@link dev.workerclient.WorkerClient}. A call goes from {@link
 * dev.workerclient.WorkerRequest} through {@code internal.call}, {@code internal.route} and {@code
 * internal.http} to {@code internal.classify} and back.
 *
 * <p>Passing null for a parameter that is not {@code @Nullable} throws a NullPointerException with
 * the parameter's name, before anything is sent or changed.
 */
@NullMarked
package dev.workerclient;

import org.jspecify.annotations.NullMarked;
