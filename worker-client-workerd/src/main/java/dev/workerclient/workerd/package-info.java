/**
 * The real Workers runtime in tests: {@link dev.workerclient.workerd.WorkerdServer} starts workerd
 * on a Worker's bundle or on a Cap'n Proto configuration.
 *
 * <p>Neither JUnit nor any other module of worker-client is needed.
 */
@NullMarked
package dev.workerclient.workerd;

import org.jspecify.annotations.NullMarked;
