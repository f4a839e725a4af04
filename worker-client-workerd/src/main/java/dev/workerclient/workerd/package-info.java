/**
 * The real Workers runtime in tests: {@link dev.workerclient.workerd.WorkerdServer} starts workerd
 * on the bundles of Workers or on a Cap'n Proto configuration, {@link
 * dev.workerclient.workerd.WranglerDevServer} starts {@code wrangler dev}.
 *
 * <p>Neither JUnit nor any other module of worker-client is needed, except the artifact with the
 * binding proxy's bundle for {@link dev.workerclient.workerd.WorkerdServer.Builder#bindingProxy}.
 */
@NullMarked
package dev.workerclient.workerd;

import org.jspecify.annotations.NullMarked;
