/** The library as an application sees it that is a module itself. */
@NullMarked
package dev.workerclient.modules;

import org.jspecify.annotations.NullMarked;
