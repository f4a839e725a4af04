/** An application's own package, as seen by the library. */
@NullMarked
package dev.workerclient.rpc.elsewhere;

import org.jspecify.annotations.NullMarked;
