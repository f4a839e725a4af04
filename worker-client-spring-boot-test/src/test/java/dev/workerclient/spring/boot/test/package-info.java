/** Tests of the test slice. */
@NullMarked
package dev.workerclient.spring.boot.test;

import org.jspecify.annotations.NullMarked;
