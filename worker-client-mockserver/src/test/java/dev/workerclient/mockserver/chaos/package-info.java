/**
 * The client under thousands of faults: real sockets, the real binding proxy and a real target that
 * counts how often each call ran. Skipped where workerd is not installed, unless {@code CI=true}.
 */
@NullMarked
package dev.workerclient.mockserver.chaos;

import org.jspecify.annotations.NullMarked;
