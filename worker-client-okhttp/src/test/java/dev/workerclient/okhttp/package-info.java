/** OkHttp's calls and Retrofit over mocked Workers. */
@NullMarked
package dev.workerclient.okhttp;

import org.jspecify.annotations.NullMarked;
