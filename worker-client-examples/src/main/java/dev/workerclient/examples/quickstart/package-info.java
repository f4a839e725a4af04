/**
 * The quickstart: five calls that show what the client does when a route fails. The calls are in
 * {@link dev.workerclient.examples.quickstart.FiveCalls}; what they are made against is a {@link
 * dev.workerclient.examples.quickstart.Fleet}, embedded or on the real runtime.
 */
@NullMarked
package dev.workerclient.examples.quickstart;

import org.jspecify.annotations.NullMarked;
