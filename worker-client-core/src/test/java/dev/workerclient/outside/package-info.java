/** An application's own package, as seen by the library. */
@NullMarked
package dev.workerclient.outside;

import org.jspecify.annotations.NullMarked;
