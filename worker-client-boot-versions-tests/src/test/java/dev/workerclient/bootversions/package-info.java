/** The modules on the versions of other libraries that Spring Boot manages. */
@NullMarked
package dev.workerclient.bootversions;

import org.jspecify.annotations.NullMarked;
