/** The binding proxy and two Workers under {@code wrangler dev}, called from Java. */
@NullMarked
package dev.workerclient.examples.local;

import org.jspecify.annotations.NullMarked;
