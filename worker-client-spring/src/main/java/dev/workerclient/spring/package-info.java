/**
 * Spring's {@code RestClient}, {@code RestTemplate} and HTTP interfaces over the routes of a
 * service: {@link dev.workerclient.spring.WorkerClientHttpRequestFactory}.
 */
@NullMarked
package dev.workerclient.spring;

import org.jspecify.annotations.NullMarked;
