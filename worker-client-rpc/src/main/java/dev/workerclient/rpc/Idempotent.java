package dev.workerclient.rpc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that may safely run twice. The client then retries a call even if the first
 * attempt may have run, such as after a timeout, and sends it again if you make a second call on
 * the object that it returned. A batch is only retried in this way if all of its methods are
 * marked. Calls of a {@linkplain RpcSession session} are never sent twice.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Idempotent {}
