/**
 * The client against the real binding proxy on real workerd, with the Workers of {@code
 * binding-proxy/test/fleet}. Skipped where these are not installed or built, unless {@code
 * CI=true}.
 */
@NullMarked
package dev.workerclient.mockserver.workerd;

import org.jspecify.annotations.NullMarked;
