/**
 * What describes a failed call: the exceptions, {@link dev.workerclient.error.ServiceError}, {@link
 * dev.workerclient.error.Attempt}, {@link dev.workerclient.error.Delivery} and {@link
 * dev.workerclient.error.Diagnosis}.
 *
 * <p>This package imports nothing else of the library.
 */
@NullMarked
package dev.workerclient.error;

import org.jspecify.annotations.NullMarked;
