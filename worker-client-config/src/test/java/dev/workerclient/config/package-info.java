/** Clients from files, with mocked Workers. */
@NullMarked
package dev.workerclient.config;

import org.jspecify.annotations.NullMarked;
