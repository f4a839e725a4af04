/** Spring's clients over mocked Workers. */
@NullMarked
package dev.workerclient.spring;

import org.jspecify.annotations.NullMarked;
