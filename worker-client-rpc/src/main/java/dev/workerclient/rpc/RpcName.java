package dev.workerclient.rpc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the name of the Worker's method, if the Java method has another name. Default: the name of
 * the Java method.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RpcName {
  /**
   * Returns the name in the Worker's code. An empty name is refused when you take the interface.
   */
  String value();
}
