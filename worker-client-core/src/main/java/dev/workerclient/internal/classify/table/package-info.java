/**
 * The table of everything that can go wrong and has a name: Cloudflare's codes and walls, plain
 * statuses, the runtime's texts, the binding proxy's codes, and the network; and the kinds of
 * failure that they become, each with its exception. Data only: it imports {@code
 * dev.workerclient.error} alone, and whoever classifies reads it here. docs/errors.md is generated
 * from it.
 */
@NullMarked
package dev.workerclient.internal.classify.table;

import org.jspecify.annotations.NullMarked;
