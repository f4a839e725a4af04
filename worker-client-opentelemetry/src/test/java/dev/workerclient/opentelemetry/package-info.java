/** Tests of spans and, of both modules, of what is scraped and exported, on real sockets. */
@NullMarked
package dev.workerclient.opentelemetry;

import org.jspecify.annotations.NullMarked;
