/**
 * OkHttp's calls over the routes of a service, for Retrofit: {@link
 * dev.workerclient.okhttp.WorkerCallFactory}.
 */
@NullMarked
package dev.workerclient.okhttp;

import org.jspecify.annotations.NullMarked;
