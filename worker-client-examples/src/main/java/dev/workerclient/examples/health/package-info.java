/**
 * A health dashboard on the JDK's own HTTP server; see docs/health.md. {@link
 * dev.workerclient.examples.health.HealthHandler} is what an application would take over.
 */
@NullMarked
package dev.workerclient.examples.health;

import org.jspecify.annotations.NullMarked;
