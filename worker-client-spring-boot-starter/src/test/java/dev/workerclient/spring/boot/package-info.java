/** Tests of the starter: real contexts, real sockets. */
@NullMarked
package dev.workerclient.spring.boot;

import org.jspecify.annotations.NullMarked;
