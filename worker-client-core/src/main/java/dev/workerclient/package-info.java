/**
 * What a user holds: the client and its services, requests and responses.
 *
 * <p>Start at {@link dev.workerclient.WorkerClient}. The way of a call goes from {@link
 * dev.workerclient.WorkerRequest} through {@code internal.call}, {@code internal.route} and {@code
 * internal.http} to {@code internal.classify} and back.
 *
 * <p>Null for a parameter that is not {@code @Nullable} is a NullPointerException with the
 * parameter's name, before anything is sent or changed.
 */
@NullMarked
package dev.workerclient;

import org.jspecify.annotations.NullMarked;
