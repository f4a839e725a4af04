/** Feign over mocked Workers. */
@NullMarked
package dev.workerclient.feign;

import org.jspecify.annotations.NullMarked;
