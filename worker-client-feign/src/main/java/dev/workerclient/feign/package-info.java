/** Feign over the routes of a service: {@link dev.workerclient.feign.WorkerFeignClient}. */
@NullMarked
package dev.workerclient.feign;

import org.jspecify.annotations.NullMarked;
