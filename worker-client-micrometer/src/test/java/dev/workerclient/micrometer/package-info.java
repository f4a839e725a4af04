/** Tests of meters and observations, on real sockets. */
@NullMarked
package dev.workerclient.micrometer;

import org.jspecify.annotations.NullMarked;
