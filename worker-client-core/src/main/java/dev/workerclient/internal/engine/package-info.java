/**
 * What a client consists of: {@link dev.workerclient.internal.engine.Engine} makes it of the {@link
 * dev.workerclient.internal.engine.ClientSettings} that the builders filled.
 *
 * <p>Imports all other internal packages, and the options that users hold. Internal: not for users.
 */
@NullMarked
package dev.workerclient.internal.engine;

import org.jspecify.annotations.NullMarked;
