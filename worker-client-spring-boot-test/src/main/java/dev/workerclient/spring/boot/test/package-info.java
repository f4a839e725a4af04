/** Workers on loopback in tests of Spring Boot applications. */
@NullMarked
package dev.workerclient.spring.boot.test;

import org.jspecify.annotations.NullMarked;
